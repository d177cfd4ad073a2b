import { REASON, Violation } from './reason.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Reads the data types of MQTT 5.0 §1.5 one after the other. Every method throws a `Violation`
 * (malformed packet) where the bytes end too early or are not what they should be.
 */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  byte(): number {
    const byte = this.#bytes[this.#at]
    if (byte === undefined) throw tooShort()
    this.#at++
    return byte
  }

  twoBytes(): number {
    return this.byte() * 256 + this.byte()
  }

  fourBytes(): number {
    return this.twoBytes() * 65536 + this.twoBytes()
  }

  /** A variable byte integer (§1.5.5). */
  variable(): number {
    let value = 0
    for (let scale = 1; scale <= 128 ** 3; scale *= 128) {
      const byte = this.byte()
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
    throw malformed('A variable byte integer takes more than four bytes')
  }

  /** A view of the next `length` bytes; it shares memory with the packet. */
  take(length: number): Uint8Array {
    if (length > this.left) throw tooShort()
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }

  binary(): Uint8Array {
    return this.take(this.twoBytes()).slice()
  }

  /** A UTF-8 string (§1.5.4): well-formed, and without the null character. */
  text(): string {
    const bytes = this.take(this.twoBytes())
    if (bytes.includes(0)) throw malformed('A string contains U+0000')
    try {
      return utf8.decode(bytes)
    } catch {
      throw malformed('A string is not UTF-8')
    }
  }
}

function malformed(detail: string): Violation {
  return new Violation(REASON.malformedPacket, detail)
}

function tooShort(): Violation {
  return malformed('The packet ends too early')
}
