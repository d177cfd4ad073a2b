/** A packet that a client sent: the four upper bits of its first byte, and what follows the length. */
export type ClientPacket = { type: number; body: Buffer }

/** Cuts a stream into MQTT packets. */
export class PacketReader {
  #rest = Buffer.alloc(0)

  push(chunk: Buffer, take: (packet: ClientPacket) => void): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let at = 0
    for (;;) {
      let length = 0
      let start = at + 1
      let isWhole = false
      for (let shift = 0; start < bytes.length && shift < 28; shift += 7) {
        const digit = bytes[start++] ?? 0
        length += (digit & 0x7f) << shift
        isWhole = digit < 0x80
        if (isWhole) break
      }
      if (!isWhole || bytes.length < start + length) break
      take({ type: (bytes[at] ?? 0) >> 4, body: bytes.subarray(start, start + length) })
      at = start + length
    }
    this.#rest = at === bytes.length ? Buffer.alloc(0) : Buffer.from(bytes.subarray(at))
  }
}

export const CONNECT = 1
export const CONNACK = 2
export const PUBACK = 4
export const SUBSCRIBE = 8
export const PINGREQ = 12
