const utf8 = new TextEncoder()

/** Collects the data types of MQTT 5.0 §1.5; `finish` gives the bytes. */
export class ByteWriter {
  readonly #pieces: Uint8Array[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  raw(bytes: Uint8Array): this {
    this.#pieces.push(bytes)
    this.#length += bytes.length
    return this
  }

  byte(value: number): this {
    return this.raw(Uint8Array.of(value))
  }

  twoBytes(value: number): this {
    return this.raw(Uint8Array.of(value >>> 8, value))
  }

  fourBytes(value: number): this {
    return this.raw(Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value))
  }

  /** A variable byte integer (§1.5.5), 0 to 268,435,455. */
  variable(value: number): this {
    const bytes: number[] = []
    let rest = value
    do {
      const low = rest % 128
      rest = (rest - low) / 128
      bytes.push(rest > 0 ? low | 0x80 : low)
    } while (rest > 0)
    return this.raw(Uint8Array.from(bytes))
  }

  binary(bytes: Uint8Array): this {
    return this.twoBytes(bytes.length).raw(bytes)
  }

  text(value: string): this {
    return this.binary(utf8.encode(value))
  }

  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#length)
    let at = 0
    for (const piece of this.#pieces) {
      bytes.set(piece, at)
      at += piece.length
    }
    return bytes
  }
}
