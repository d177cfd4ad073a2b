import { encodeUtf8 } from '@/core/text.ts'

/** The bytes of a PUBLISH with the topic `t` in MQTT 3.1.1; QoS 0 has no identifier. */
export function publishBytes(qos: 0 | 1 | 2, packetId: number, payload = ''): Uint8Array {
  const id = qos === 0 ? [] : twoBytes(packetId)
  const body = [0, 1, 0x74, ...id, ...encodeUtf8(payload)]
  return Uint8Array.of(0x30 | (qos << 1), ...remainingLength(body.length), ...body)
}

const FIRST_BYTES = { PUBACK: 0x40, PUBREC: 0x50, PUBREL: 0x62, PUBCOMP: 0x70 }

/** The bytes of an acknowledgement; MQTT 5 may add a reason code. */
export function answerBytes(
  name: keyof typeof FIRST_BYTES,
  packetId: number,
  ...reason: number[]
): Uint8Array {
  return Uint8Array.of(FIRST_BYTES[name], 2 + reason.length, ...twoBytes(packetId), ...reason)
}

export const PING = Uint8Array.of(0xc0, 0)
export const CONNECTED = Uint8Array.of(0x20, 2, 0, 0)

function twoBytes(number: number): number[] {
  return [number >> 8, number & 0xff]
}

function remainingLength(length: number): number[] {
  return length < 128 ? [length] : [(length & 0x7f) | 0x80, ...remainingLength(length >> 7)]
}
