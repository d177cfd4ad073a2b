import { MalformedPacket, type Packet } from './framer.ts'

/**
 * First bytes of the acknowledgements that a receiver sends, each with remaining length 2: success,
 * without properties, is the same in MQTT 3.1, 3.1.1 and 5.0 (§3.4, §3.5, §3.7).
 */
const ACKNOWLEDGEMENT = { puback: 0x40, pubrec: 0x50, pubcomp: 0x70 } as const

export type Acknowledgement = { kind: keyof typeof ACKNOWLEDGEMENT; packetId: number }

/** PINGREQ (MQTT 5.0 §3.12), whole. */
export const PINGREQ_BYTES = Uint8Array.of(0xc0, 0x00)

/** All acknowledgements in one buffer, in the given order: one send instead of many. */
export function encodeAcknowledgements(acknowledgements: readonly Acknowledgement[]): Uint8Array {
  const bytes = new Uint8Array(acknowledgements.length * 4)
  acknowledgements.forEach(({ kind, packetId }, index) => {
    bytes.set([ACKNOWLEDGEMENT[kind], 2, packetId >> 8, packetId & 0xff], index * 4)
  })
  return bytes
}

/** The packet identifier of a PUBREL (MQTT 5.0 §3.6). Throws `MalformedPacket`. */
export function decodePubrel({ bytes, bodyStart, flags }: Packet): number {
  if (flags !== 2) throw new MalformedPacket('PUBREL with wrong flags')
  const high = bytes[bodyStart]
  const low = bytes[bodyStart + 1]
  if (high === undefined || low === undefined)
    throw new MalformedPacket('PUBREL that ends too early')
  return (high << 8) | low
}
