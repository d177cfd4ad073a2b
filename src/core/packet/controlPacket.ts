/** The names of the control packets by their type (MQTT 5.0 §2.1.2); 0 is none. */
export const CONTROL_PACKETS = [
  'Reserved',
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
] as const

export type ControlPacket = (typeof CONTROL_PACKETS)[number]

/** The name of the packet that begins with this byte. */
export function controlPacketOf(firstByte: number): ControlPacket {
  return CONTROL_PACKETS[(firstByte >> 4) & 0x0f] ?? 'Reserved'
}
