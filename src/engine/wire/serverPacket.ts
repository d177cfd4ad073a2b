import { MalformedPacket, type Packet } from '@/core/packet/framer.ts'
import { readVariableInteger } from '@/core/packet/variableInteger.ts'
import type { MqttVersion } from '@/core/profile.ts'
import { checkAnswerCodes } from './answerCodes.ts'
import {
  readServerProperties,
  type ReadProperties,
  type ServerProperties,
} from './serverProperties.ts'

/** An answer to a PUBLISH of ours, or to its PUBREL. */
export type PublishAnswer = {
  type: 'puback' | 'pubrec' | 'pubcomp'
  packetId: number
  reasonCode: number
  reasonString?: string
}

/** An answer to SUBSCRIBE or UNSUBSCRIBE: a code for each filter, but none in UNSUBACK before MQTT 5. */
export type SubscribeAnswerPacket = {
  type: 'suback' | 'unsuback'
  packetId: number
  reasonCodes: number[]
  reasonString?: string
}

export type Connack = {
  type: 'connack'
  sessionPresent: boolean
  reasonCode: number
  properties: ServerProperties
  /** Apart from the properties, which go around. */
  authenticationData?: Uint8Array
}

/** A step of an authentication exchange (MQTT 5.0 §3.15). */
export type Auth = { type: 'auth'; reasonCode: number; method?: string; data?: Uint8Array }

/** What a server sends, apart from PUBLISH, PUBREL and PINGRESP. */
export type ServerPacket =
  | Connack
  | PublishAnswer
  | SubscribeAnswerPacket
  | {
      type: 'disconnect'
      reasonCode: number
      reasonString?: string
      serverReference?: string
    }
  | Auth

/**
 * Reads a packet from a server. Throws `MalformedPacket` for one that is cut or that no server may send
 * in this version of MQTT.
 */
export function decodeServerPacket(packet: Packet, version: MqttVersion): ServerPacket {
  const body = packet.bytes.subarray(packet.bodyStart)
  const isMqtt5 = version === '5.0'
  if (packet.flags !== 0) throw new MalformedPacket(`packet type ${packet.type} with wrong flags`)
  switch (packet.type) {
    case 2:
      return decodeConnack(body, isMqtt5)
    case 4:
      return decodePublishAnswer('puback', body, isMqtt5)
    case 5:
      return decodePublishAnswer('pubrec', body, isMqtt5)
    case 7:
      return decodePublishAnswer('pubcomp', body, isMqtt5)
    case 9:
      return decodeSubscribeAnswer('suback', body, isMqtt5)
    case 11:
      return decodeSubscribeAnswer('unsuback', body, isMqtt5)
    case 14:
      if (!isMqtt5) break
      return { type: 'disconnect', ...decodeReason(body, 0), ...referenceIn(body) }
    case 15:
      if (!isMqtt5) break
      return decodeAuth(body)
  }
  throw new MalformedPacket(`packet type ${packet.type} from a server`)
}

function decodeConnack(body: Uint8Array, isMqtt5: boolean): Connack {
  const flags = byteAt(body, 0)
  const reasonCode = byteAt(body, 1)
  if (flags > 1) throw new MalformedPacket('CONNACK with wrong flags')
  // A server that knows no MQTT 5 refuses with a CONNACK of MQTT 3, which has no properties.
  if (isMqtt5 && reasonCode === 0) byteAt(body, 2)
  const { authenticationData, ...properties } = isMqtt5 ? propertiesAt(body, 2) : {}
  const connack = { type: 'connack', sessionPresent: flags === 1, reasonCode, properties } as const
  return authenticationData === undefined ? connack : { ...connack, authenticationData }
}

/** Code and properties may be left out, which means success. */
function decodeAuth(body: Uint8Array): Auth {
  const { authenticationMethod, authenticationData } = propertiesAt(body, 1)
  return {
    type: 'auth',
    reasonCode: body[0] ?? 0,
    ...(authenticationMethod !== undefined && { method: authenticationMethod }),
    ...(authenticationData !== undefined && { data: authenticationData }),
  }
}

function decodePublishAnswer(
  type: PublishAnswer['type'],
  body: Uint8Array,
  isMqtt5: boolean,
): PublishAnswer {
  const packetId = packetIdOf(body)
  return isMqtt5 ? { type, packetId, ...decodeReason(body, 2) } : { type, packetId, reasonCode: 0 }
}

function decodeSubscribeAnswer(
  type: SubscribeAnswerPacket['type'],
  body: Uint8Array,
  isMqtt5: boolean,
): SubscribeAnswerPacket {
  const packetId = packetIdOf(body)
  const length = isMqtt5 ? readVariableInteger(body, 2) : { value: 0, end: 2 }
  if (!length) throw new MalformedPacket(`${type} without properties`)
  const { reasonString } = isMqtt5 ? propertiesAt(body, 2) : {}
  const reasonCodes = [...body.subarray(length.end + length.value)]
  checkAnswerCodes(type === 'suback' ? 'SUBACK' : 'UNSUBACK', reasonCodes, isMqtt5)
  return { type, packetId, reasonCodes, ...(reasonString === undefined ? {} : { reasonString }) }
}

/** A reason code and its text at the end of a packet; both may be left out, which means success. */
function decodeReason(body: Uint8Array, at: number): { reasonCode: number; reasonString?: string } {
  const reasonCode = body[at] ?? 0
  const { reasonString } = propertiesAt(body, at + 1)
  return { reasonCode, ...(reasonString === undefined ? {} : { reasonString }) }
}

/** The other server that a DISCONNECT names (MQTT 5.0 §3.14.2.2.5). */
function referenceIn(body: Uint8Array): { serverReference?: string } {
  const { serverReference } = propertiesAt(body, 1)
  return serverReference === undefined ? {} : { serverReference }
}

function propertiesAt(body: Uint8Array, at: number): ReadProperties {
  const properties = readServerProperties(body.subarray(at))
  if (!properties) throw new MalformedPacket('a packet with malformed properties')
  return properties
}

function packetIdOf(body: Uint8Array): number {
  const packetId = (byteAt(body, 0) << 8) | byteAt(body, 1)
  if (packetId === 0) throw new MalformedPacket('an answer to packet identifier 0')
  return packetId
}

function byteAt(body: Uint8Array, at: number): number {
  const byte = body[at]
  if (byte === undefined) throw new MalformedPacket('a packet that ends too early')
  return byte
}
