import type { MqttVersion } from './profile.ts'

/** The packets that carry a reason code, with the section of MQTT 5.0 that lists theirs. */
const SECTIONS = {
  CONNACK: '3.2.2.2',
  PUBACK: '3.4.2.1',
  PUBREC: '3.5.2.1',
  PUBREL: '3.6.2.1',
  PUBCOMP: '3.7.2.1',
  SUBACK: '3.9.3',
  UNSUBACK: '3.11.3',
  DISCONNECT: '3.14.2.1',
  AUTH: '3.15.2.1',
} as const

export type ReasonPacket = keyof typeof SECTIONS

/** Whether packets of this name carry reason codes. */
export function isReasonPacket(packet: string): packet is ReasonPacket {
  return packet in SECTIONS
}

/** Table 2-6 of MQTT 5.0 (§2.4): code, name, and the packets that may carry it. */
export const REASON_CODES: readonly (readonly [code: number, name: string, packets: string])[] = [
  [0x00, 'Success', 'CONNACK PUBACK PUBREC PUBREL PUBCOMP UNSUBACK AUTH'],
  [0x00, 'Normal disconnection', 'DISCONNECT'],
  [0x00, 'Granted QoS 0', 'SUBACK'],
  [0x01, 'Granted QoS 1', 'SUBACK'],
  [0x02, 'Granted QoS 2', 'SUBACK'],
  [0x04, 'Disconnect with Will Message', 'DISCONNECT'],
  [0x10, 'No matching subscribers', 'PUBACK PUBREC'],
  [0x11, 'No subscription existed', 'UNSUBACK'],
  [0x18, 'Continue authentication', 'AUTH'],
  [0x19, 'Re-authenticate', 'AUTH'],
  [0x80, 'Unspecified error', 'CONNACK PUBACK PUBREC SUBACK UNSUBACK DISCONNECT'],
  [0x81, 'Malformed Packet', 'CONNACK DISCONNECT'],
  [0x82, 'Protocol Error', 'CONNACK DISCONNECT'],
  [0x83, 'Implementation specific error', 'CONNACK PUBACK PUBREC SUBACK UNSUBACK DISCONNECT'],
  [0x84, 'Unsupported Protocol Version', 'CONNACK'],
  [0x85, 'Client Identifier not valid', 'CONNACK'],
  [0x86, 'Bad User Name or Password', 'CONNACK'],
  [0x87, 'Not authorized', 'CONNACK PUBACK PUBREC SUBACK UNSUBACK DISCONNECT'],
  [0x88, 'Server unavailable', 'CONNACK'],
  [0x89, 'Server busy', 'CONNACK DISCONNECT'],
  [0x8a, 'Banned', 'CONNACK'],
  [0x8b, 'Server shutting down', 'DISCONNECT'],
  [0x8c, 'Bad authentication method', 'CONNACK DISCONNECT'],
  [0x8d, 'Keep Alive timeout', 'DISCONNECT'],
  [0x8e, 'Session taken over', 'DISCONNECT'],
  [0x8f, 'Topic Filter invalid', 'SUBACK UNSUBACK DISCONNECT'],
  [0x90, 'Topic Name invalid', 'CONNACK PUBACK PUBREC DISCONNECT'],
  [0x91, 'Packet Identifier in use', 'PUBACK PUBREC SUBACK UNSUBACK'],
  [0x92, 'Packet Identifier not found', 'PUBREL PUBCOMP'],
  [0x93, 'Receive Maximum exceeded', 'DISCONNECT'],
  [0x94, 'Topic Alias invalid', 'DISCONNECT'],
  [0x95, 'Packet too large', 'CONNACK DISCONNECT'],
  [0x96, 'Message rate too high', 'DISCONNECT'],
  [0x97, 'Quota exceeded', 'CONNACK PUBACK PUBREC SUBACK DISCONNECT'],
  [0x98, 'Administrative action', 'DISCONNECT'],
  [0x99, 'Payload format invalid', 'CONNACK PUBACK PUBREC DISCONNECT'],
  [0x9a, 'Retain not supported', 'CONNACK DISCONNECT'],
  [0x9b, 'QoS not supported', 'CONNACK DISCONNECT'],
  [0x9c, 'Use another server', 'CONNACK DISCONNECT'],
  [0x9d, 'Server moved', 'CONNACK DISCONNECT'],
  [0x9e, 'Shared Subscriptions not supported', 'SUBACK DISCONNECT'],
  [0x9f, 'Connection rate exceeded', 'CONNACK DISCONNECT'],
  [0xa0, 'Maximum connect time', 'DISCONNECT'],
  [0xa1, 'Subscription Identifiers not supported', 'SUBACK DISCONNECT'],
  [0xa2, 'Wildcard Subscriptions not supported', 'SUBACK DISCONNECT'],
]

/** In PUBACK and PUBREC: the broker took the message, and nobody has subscribed to its topic (§3.4.2.1). */
export const NO_MATCHING_SUBSCRIBERS = 0x10

/** CONNACK in MQTT 3.1.1 (§3.2.2.3), without the “Connection Refused” that begins each from 1 on. */
const CONNACK_3: Readonly<Record<number, string>> = {
  0: 'Connection Accepted',
  1: 'Unacceptable protocol version',
  2: 'Identifier rejected',
  3: 'Server unavailable',
  4: 'Bad user name or password',
  5: 'Not authorized',
}

/** SUBACK in MQTT 3.1.1 (§3.9.3). */
const SUBACK_3: Readonly<Record<number, string>> = {
  0: 'Success - Maximum QoS 0',
  1: 'Success - Maximum QoS 1',
  2: 'Success - Maximum QoS 2',
  0x80: 'Failure',
}

/** A code that came in a packet of a connection. */
export type ReasonAt = { code: number; packet: ReasonPacket; version: MqttVersion }

/** What the specification says of a code. `section` is absent for a code that none has. */
export type Reason = { name: string; section?: string }

/**
 * The specification's name for a code, and the section that lists it (MQTT 5.0 §2.4, MQTT 3.1.1 §3.2.2.3
 * and §3.9.3). A code that its packet may not carry is named as in other packets.
 */
export function reasonOf(at: ReasonAt): Reason {
  const { code, packet } = at
  const old = isReturnCode(at) && reasonOf3(at)
  if (old) return old
  const named = REASON_CODES.filter((row) => row[0] === code)
  const own = named.find((row) => row[2].split(' ').includes(packet))
  const name = (own ?? named[0])?.[1]
  if (name === undefined) return { name: 'Unknown reason' }
  // §2.4 lets DISCONNECT carry 0x8C, and §3.14.2.1 leaves it out.
  const isListed = own && !(code === 0x8c && packet === 'DISCONNECT')
  return { name, section: `MQTT 5.0 §${isListed ? SECTIONS[packet] : '2.4'}` }
}

/**
 * Whether a code is one of MQTT 3. A server that knows no MQTT 5 answers a CONNECT of it with a return
 * code of MQTT 3.
 */
export function isReturnCode({ code, packet, version }: ReasonAt): boolean {
  return version !== '5.0' || (packet === 'CONNACK' && code > 0 && code < 0x80)
}

/** A code as the specification lists it: `135 (0x87)`. */
export function formatReasonCode(code: number): string {
  return `${code} (0x${code.toString(16).toUpperCase().padStart(2, '0')})`
}

function reasonOf3({ code, packet, version }: ReasonAt): Reason | undefined {
  const names = packet === 'CONNACK' ? CONNACK_3 : packet === 'SUBACK' ? SUBACK_3 : {}
  const name = names[code]
  if (name === undefined) return undefined
  // In MQTT 3.1 no SUBACK refuses; a server that does so nevertheless has it from 3.1.1.
  if (packet === 'SUBACK') return { name, section: 'MQTT 3.1.1 §3.9.3' }
  return { name, section: version === '3.1' ? 'MQTT 3.1 §3.2' : 'MQTT 3.1.1 §3.2.2.3' }
}
