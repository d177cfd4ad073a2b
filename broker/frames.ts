import type { Bytes } from '../src/core/units.ts'
import { REASON, Violation } from './reason.ts'

/** One MQTT control packet as bytes: `body` is what follows the fixed header (MQTT 5.0 §2.1). */
export type Frame = { header: number; body: Uint8Array; whole: Uint8Array }

/**
 * Cuts a byte stream into packets, whatever pieces it arrives in. The length is judged as soon as it
 * is readable, so a packet that is too large is refused before it is collected.
 */
export class FrameReader {
  readonly #maximum: Bytes
  #pieces: Uint8Array[] = []
  #held: Bytes = 0
  /** The reader does nothing until it holds this many bytes. */
  #needed: Bytes = 2

  constructor(maximum: Bytes) {
    this.#maximum = maximum
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return
    this.#pieces.push(bytes)
    this.#held += bytes.length
  }

  /**
   * The next whole packet, or `undefined` until more bytes come. The frame shares memory with what
   * was pushed. Throws a `Violation` for a bad or too large length; the stream is then of no more use.
   */
  next(): Frame | undefined {
    if (this.#held < this.#needed) return undefined
    const bytes = this.#joined()
    const length = remainingLength(bytes)
    if (length === undefined) {
      this.#needed = this.#held + 1
      return undefined
    }
    const total = length.end + length.value
    if (total > this.#maximum) {
      throw new Violation(REASON.packetTooLarge, `${total} bytes are more than ${this.#maximum}`)
    }
    if (this.#held < total) {
      this.#needed = total
      return undefined
    }
    this.#held -= total
    this.#pieces = this.#held > 0 ? [bytes.subarray(total)] : []
    this.#needed = 2
    const whole = bytes.subarray(0, total)
    return { header: whole[0] ?? 0, body: whole.subarray(length.end), whole }
  }

  #joined(): Uint8Array {
    const [first] = this.#pieces
    if (first !== undefined && this.#pieces.length === 1) return first
    const joined = new Uint8Array(this.#held)
    let at = 0
    for (const piece of this.#pieces) {
      joined.set(piece, at)
      at += piece.length
    }
    this.#pieces = [joined]
    return joined
  }
}

/** The remaining length (§1.5.5) and where it ends, or `undefined` while its bytes are incomplete. */
function remainingLength(bytes: Uint8Array): { value: number; end: number } | undefined {
  let value = 0
  for (let index = 1; index <= 4; index++) {
    const byte = bytes[index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 128 ** (index - 1)
    if (byte < 0x80) return { value, end: index + 1 }
  }
  throw new Violation(REASON.malformedPacket, 'The remaining length takes more than four bytes')
}
