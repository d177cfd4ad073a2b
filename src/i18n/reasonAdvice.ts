import type { MessageKey } from './translate.ts'

const KEYS: readonly (readonly [MessageKey, readonly number[]])[] = [
  ['failure.reason.version', [1, 0x84]],
  ['failure.reason.clientId', [2, 0x85]],
  ['failure.reason.unavailable', [3, 0x88]],
  ['failure.reason.credentials', [4, 0x86]],
  ['failure.reason.notAuthorized', [5, 0x87]],
  ['failure.reason.malformed', [0x81, 0x82, 0x91, 0x92, 0x94]],
  ['failure.reason.busy', [0x89]],
  ['failure.reason.banned', [0x8a]],
  ['failure.reason.shuttingDown', [0x8b]],
  ['failure.reason.authenticationMethod', [0x8c]],
  ['failure.reason.keepAlive', [0x8d]],
  ['failure.reason.takenOver', [0x8e]],
  ['failure.reason.topic', [0x8f, 0x90]],
  ['failure.reason.receiveMaximum', [0x93]],
  ['failure.reason.packetTooLarge', [0x95]],
  ['failure.reason.rate', [0x96, 0x9f]],
  ['failure.reason.quota', [0x97]],
  ['failure.reason.administrator', [0x98]],
  ['failure.reason.payloadFormat', [0x99]],
  ['failure.reason.retain', [0x9a]],
  ['failure.reason.qos', [0x9b]],
  ['failure.reason.otherServer', [0x9c, 0x9d]],
  ['failure.reason.connectTime', [0xa0]],
]

const BY_CODE = new Map(KEYS.flatMap(([key, codes]) => codes.map((code) => [code, key] as const)))

/**
 * What to do about a reason code of MQTT 5, or about a CONNACK return code of MQTT 3. Codes that say
 * nothing (0x80, 0x83, unknown ones) point to the broker's own log.
 */
export function reasonAdvice(code: number): MessageKey {
  return BY_CODE.get(code) ?? 'failure.reason.unnamed'
}
