import type { ControlPacket } from '@/core/packet/controlPacket.ts'
import type { MqttVersion } from '@/core/profile.ts'
import { formatReasonCode, isReasonPacket, reasonOf } from '@/core/reasonCode.ts'

/** The name of a code that says yes; nothing where it is the plainest one, except in an answer to CONNECT. */
export function describeSuccess(code: number, packet: ControlPacket, version: MqttVersion): string {
  if (!isReasonPacket(packet) || (code === 0 && packet !== 'CONNACK' && packet !== 'SUBACK'))
    return ''
  return reasonOf({ code, packet, version }).name
}

/** A reason code as the specification writes it, with its name: `135 (0x87) Not authorized`. */
export function describeCode(code: number, packet: ControlPacket, version: MqttVersion): string {
  const number = formatReasonCode(code)
  return isReasonPacket(packet) ? `${number} ${reasonOf({ code, packet, version }).name}` : number
}
