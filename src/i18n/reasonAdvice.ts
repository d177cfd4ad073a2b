import { isReturnCode, type ReasonAt, type ReasonPacket } from '../core/reasonCode.ts'
import type { MessageKey } from './translate.ts'

type Rows = readonly (readonly [MessageKey, readonly number[]])[]

const IN_ANY: Rows = [
  ['reason.any.own', [0x83]],
  ['reason.any.malformed', [0x81, 0x82]],
  ['reason.any.identifierInUse', [0x91]],
]

const CONNECT: Rows = [
  ['reason.connect.accepted', [0]],
  ['reason.connect.version', [1, 0x84]],
  ['reason.connect.clientId', [2, 0x85]],
  ['reason.connect.unavailable', [3, 0x88]],
  ['reason.connect.credentials', [4, 0x86]],
  ['reason.connect.notAuthorized', [5, 0x87]],
  ['reason.connect.busy', [0x89]],
  ['reason.connect.banned', [0x8a]],
  ['reason.connect.authenticationMethod', [0x8c]],
  ['reason.connect.topicName', [0x90]],
  ['reason.connect.tooLarge', [0x95]],
  ['reason.connect.quota', [0x97]],
  ['reason.connect.payloadFormat', [0x99]],
  ['reason.connect.retain', [0x9a]],
  ['reason.connect.qos', [0x9b]],
  ['reason.connect.otherServer', [0x9c, 0x9d]],
  ['reason.connect.rate', [0x9f]],
]

const DISCONNECT: Rows = [
  ['reason.disconnect.normal', [0]],
  ['reason.disconnect.withWill', [0x04]],
  ['reason.disconnect.notAuthorized', [0x87]],
  ['reason.connect.busy', [0x89]],
  ['reason.disconnect.shuttingDown', [0x8b]],
  ['reason.connect.authenticationMethod', [0x8c]],
  ['reason.disconnect.keepAlive', [0x8d]],
  ['reason.disconnect.takenOver', [0x8e]],
  ['reason.disconnect.topicFilter', [0x8f]],
  ['reason.disconnect.topicName', [0x90]],
  ['reason.disconnect.receiveMaximum', [0x93]],
  ['reason.disconnect.topicAlias', [0x94]],
  ['reason.disconnect.tooLarge', [0x95]],
  ['reason.disconnect.rate', [0x96]],
  ['reason.disconnect.quota', [0x97]],
  ['reason.disconnect.administrator', [0x98]],
  ['reason.disconnect.payloadFormat', [0x99]],
  ['reason.disconnect.retain', [0x9a]],
  ['reason.disconnect.qos', [0x9b]],
  ['reason.connect.otherServer', [0x9c, 0x9d]],
  ['reason.subscribe.shared', [0x9e]],
  ['reason.connect.rate', [0x9f]],
  ['reason.disconnect.connectTime', [0xa0]],
  ['reason.subscribe.identifiers', [0xa1]],
  ['reason.subscribe.wildcards', [0xa2]],
]

const PUBLISH: Rows = [
  ['reason.publish.accepted', [0]],
  ['reason.publish.noSubscribers', [0x10]],
  ['reason.publish.unnamed', [0x80]],
  ['reason.publish.notAuthorized', [0x87]],
  ['reason.publish.topicName', [0x90]],
  ['reason.publish.identifierNotFound', [0x92]],
  ['reason.publish.quota', [0x97]],
  ['reason.publish.payloadFormat', [0x99]],
]

const SUBSCRIBE: Rows = [
  ['reason.subscribe.granted0', [0]],
  ['reason.subscribe.granted1', [1]],
  ['reason.subscribe.granted2', [2]],
  ['reason.subscribe.unnamed', [0x80]],
  ['reason.subscribe.notAuthorized', [0x87]],
  ['reason.subscribe.topicFilter', [0x8f]],
  // Not of the broker: MQTab finds the packet too large before it is sent.
  ['reason.subscribe.tooLarge', [0x95]],
  ['reason.subscribe.quota', [0x97]],
  ['reason.subscribe.shared', [0x9e]],
  ['reason.subscribe.identifiers', [0xa1]],
  ['reason.subscribe.wildcards', [0xa2]],
]

const UNSUBSCRIBE: Rows = [
  ['reason.unsubscribe.accepted', [0]],
  ['reason.unsubscribe.nothing', [0x11]],
  ['reason.unsubscribe.unnamed', [0x80]],
  ['reason.unsubscribe.notAuthorized', [0x87]],
  ['reason.unsubscribe.topicFilter', [0x8f]],
  ['reason.unsubscribe.tooLarge', [0x95]],
]

const AUTHENTICATE: Rows = [
  ['reason.authenticate.accepted', [0]],
  ['reason.authenticate.goOn', [0x18]],
  ['reason.authenticate.again', [0x19]],
]

const BY_PACKET: Readonly<Record<ReasonPacket, ReadonlyMap<number, MessageKey>>> = {
  CONNACK: byCode(CONNECT),
  DISCONNECT: byCode(DISCONNECT),
  PUBACK: byCode(PUBLISH),
  PUBREC: byCode(PUBLISH),
  PUBREL: byCode(PUBLISH),
  PUBCOMP: byCode(PUBLISH),
  SUBACK: byCode(SUBSCRIBE),
  UNSUBACK: byCode(UNSUBSCRIBE),
  AUTH: byCode(AUTHENTICATE),
}

function byCode(rows: Rows): ReadonlyMap<number, MessageKey> {
  const all = [...IN_ANY, ...rows]
  return new Map(all.flatMap(([key, codes]) => codes.map((code) => [code, key] as const)))
}

/**
 * What a code means for the user, and what to do about it: a sentence or two that fit the packet. Codes
 * that say nothing (0x80, unknown ones) point to the broker's own log.
 */
export function reasonAdvice(at: ReasonAt): MessageKey {
  const { code, packet } = at
  if (packet === 'SUBACK' && code === 0x80 && isReturnCode(at)) return 'reason.subscribe.failure'
  return BY_PACKET[packet].get(code) ?? 'reason.any.unnamed'
}
