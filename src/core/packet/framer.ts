import type { Bytes } from '../units.ts'

/** MQTT control packet types, the upper four bits of the first byte (MQTT 5.0 §2.1.2). */
export const PUBLISH = 3
export const PUBREL = 6
export const PINGRESP = 13

/** The largest remaining length that four bytes can say (MQTT 5.0 §1.5.5). */
const LARGEST_LENGTH: Bytes = 268_435_455

/** The buffer of a packet that is split begins with at most this size, and doubles as bytes arrive. */
const FIRST_BUFFER: Bytes = 64 * 1024

/** One control packet: all its bytes, and where the variable header begins in them. */
export type Packet = { type: number; flags: number; bytes: Uint8Array; bodyStart: number }

/** Thrown for bytes that cannot be MQTT; the connection must be closed with 0x81. */
export class MalformedPacket extends Error {}

/**
 * Cuts a stream of chunks into control packets, whatever way packets are split over chunks and chunks
 * over packets. A packet that lies whole in one chunk is a view of it, without a copy. One that is split
 * is collected in a buffer that grows with what has arrived, never more than twice as large or 64 KiB,
 * whatever length the packet claims; so each byte of a large one is copied about twice.
 */
export class Framer {
  /** The fixed header while it is incomplete, at most 5 bytes. */
  #header: number[] = []
  /** What there is of the packet being collected, once its length is known, with room for more. */
  #packet: Uint8Array | undefined
  #collected: Bytes = 0
  /** The size of the whole packet. */
  #total: Bytes = 0
  #bodyStart = 0
  readonly #maximum: Bytes

  /** `maximum` is the largest whole packet accepted; a larger one is malformed for us. */
  constructor(maximum: Bytes = LARGEST_LENGTH + 5) {
    this.#maximum = maximum
  }

  /** Gives each packet that `chunk` completes to `take`, in order. Throws `MalformedPacket`. */
  push(chunk: Uint8Array, take: (packet: Packet) => void): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#packet) {
        at = this.#collect(chunk, at, take)
        continue
      }
      if (this.#header.length === 0) {
        const end = this.#takeWhole(chunk, at, take)
        if (end !== undefined) {
          at = end
          continue
        }
      }
      const start = at
      const carried = this.#header.length
      const length = this.#readHeader(chunk, start)
      at += this.#header.length - carried
      if (length === undefined) return
      this.#begin(this.#allowed(this.#header.length + length))
      if (length === 0) this.#finish(take)
    }
  }

  /**
   * Gives the packet that begins at `start` to `take`, if the chunk has all of it, and returns where it
   * ends. Nearly all packets are such, so this is the way that must be quick.
   */
  #takeWhole(chunk: Uint8Array, start: number, take: (packet: Packet) => void): number | undefined {
    let length = 0
    let at = start
    for (let weight = 1; weight <= 2_097_152; weight *= 128) {
      const byte = chunk[++at]
      if (byte === undefined) return undefined
      length += (byte & 0x7f) * weight
      if (byte < 0x80) break
    }
    const bodyStart = at + 1
    const end = bodyStart + length
    // What is wrong with a header is found out, and said, on the other way.
    const isWhole = end <= chunk.length && (chunk[at] ?? 0) < 0x80 && (chunk[start] ?? 0) >= 0x10
    if (!isWhole) return undefined
    this.#allowed(end - start)
    take(packetOf(chunk.subarray(start, end), bodyStart - start))
    return end
  }

  #allowed(total: Bytes): Bytes {
    if (total <= this.#maximum) return total
    throw new MalformedPacket(`packet of ${total} bytes, ${this.#maximum} allowed`)
  }

  /** Adds bytes of the fixed header until it is whole; the remaining length, or undefined so far. */
  #readHeader(chunk: Uint8Array, from: number): Bytes | undefined {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0
      this.#header.push(byte)
      const position = this.#header.length
      if (position === 1) {
        if (byte >> 4 === 0) throw new MalformedPacket('packet type 0')
        continue
      }
      if (byte < 0x80) return lengthOf(this.#header)
      if (position === 5) throw new MalformedPacket('remaining length of more than four bytes')
    }
    return undefined
  }

  #begin(total: Bytes) {
    this.#total = total
    this.#packet = new Uint8Array(Math.min(total, FIRST_BUFFER))
    this.#packet.set(this.#header)
    this.#collected = this.#bodyStart = this.#header.length
    this.#header = []
  }

  /** Takes of the chunk what belongs to the packet, and returns where that ends. */
  #collect(chunk: Uint8Array, from: number, take: (packet: Packet) => void): number {
    const end = Math.min(chunk.length, from + this.#total - this.#collected)
    const collected = this.#collected + end - from
    this.#roomFor(collected).set(chunk.subarray(from, end), this.#collected)
    this.#collected = collected
    if (collected === this.#total) this.#finish(take)
    return end
  }

  /** The buffer with room for so many bytes. Where all have arrived it has exactly the packet's size. */
  #roomFor(size: Bytes): Uint8Array {
    const before = this.#packet ?? new Uint8Array()
    if (size <= before.length) return before
    const buffer = new Uint8Array(Math.min(this.#total, Math.max(size, before.length * 2)))
    buffer.set(before.subarray(0, this.#collected))
    this.#packet = buffer
    return buffer
  }

  #finish(take: (packet: Packet) => void) {
    const packet = this.#packet
    this.#packet = undefined
    if (packet) take(packetOf(packet, this.#bodyStart))
  }
}

function packetOf(bytes: Uint8Array, bodyStart: number): Packet {
  const first = bytes[0] ?? 0
  return { type: first >> 4, flags: first & 0x0f, bytes, bodyStart }
}

function lengthOf(header: number[]): Bytes {
  return header.slice(1).reduce((sum, byte, index) => sum + (byte & 0x7f) * 128 ** index, 0)
}
