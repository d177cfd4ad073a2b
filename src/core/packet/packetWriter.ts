import type { UserProperty } from '../message.ts'
import { encodeUtf8 } from '../text.ts'
import type { Bytes } from '../units.ts'

/** How many bytes a number takes as a Variable Byte Integer (MQTT 5.0 §1.5.5). */
export function variableIntegerSize(value: number): Bytes {
  if (value < 0x80) return 1
  if (value < 0x4000) return 2
  return value < 0x20_0000 ? 3 : 4
}

/** Writes the data types of MQTT 5.0 §1.5 one after the other into a buffer that grows. */
export class PacketWriter {
  #bytes: Uint8Array
  #length: Bytes = 0

  /** `capacity` is a guess. */
  constructor(capacity: Bytes = 64) {
    this.#bytes = new Uint8Array(capacity)
  }

  /** What was written: a view that the next write may outdate. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  byte(value: number): void {
    // Before the buffer is looked up, which it may replace.
    const at = this.#room(1)
    this.#bytes[at] = value
  }

  twoBytes(value: number): void {
    const at = this.#room(2)
    this.#bytes[at] = value >> 8
    this.#bytes[at + 1] = value
  }

  fourBytes(value: number): void {
    this.twoBytes(value >>> 16)
    this.twoBytes(value & 0xffff)
  }

  variableInteger(value: number): void {
    for (let rest = value; ;) {
      const digit = rest & 0x7f
      rest >>>= 7
      this.byte(rest > 0 ? digit | 0x80 : digit)
      if (rest === 0) return
    }
  }

  /** A UTF-8 string with its length in front. */
  text(text: string): void {
    this.binary(encodeUtf8(text))
  }

  /** Binary data with its length in front. */
  binary(bytes: Uint8Array): void {
    this.twoBytes(bytes.length)
    this.raw(bytes)
  }

  /** A property of a number (MQTT 5.0 §2.2.2.2), which takes so many bytes; nothing for undefined. */
  numberProperty(id: number, size: 1 | 2 | 4, value: number | undefined): void {
    if (value === undefined) return
    this.byte(id)
    if (size === 1) this.byte(value)
    else if (size === 2) this.twoBytes(value)
    else this.fourBytes(value)
  }

  /** A property of a text or of binary data; nothing for undefined. */
  dataProperty(id: number, value: string | Uint8Array | undefined): void {
    if (value === undefined) return
    this.byte(id)
    if (typeof value === 'string') this.text(value)
    else this.binary(value)
  }

  /** User properties in their order, with repeats (MQTT 5.0 §2.2.2.2). */
  userProperties(properties: readonly UserProperty[]): void {
    for (const { name, value } of properties) {
      this.byte(0x26)
      this.text(name)
      this.text(value)
    }
  }

  /** Properties that were written apart, with their length in front (MQTT 5.0 §2.2.2). */
  properties({ bytes }: PacketWriter): void {
    this.variableInteger(bytes.length)
    this.raw(bytes)
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    const at = this.#room(bytes.length)
    this.#bytes.set(bytes, at)
  }

  /** Makes room for so many bytes more; where they go. */
  #room(size: Bytes): Bytes {
    const at = this.#length
    this.#length += size
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, at))
      this.#bytes = larger
    }
    return at
  }
}

/** A whole packet: its first byte, its remaining length, and what was written of the rest. */
export function wholePacket(firstByte: number, { bytes }: PacketWriter): Uint8Array {
  const packet = new PacketWriter(bytes.length + 5)
  packet.byte(firstByte)
  packet.variableInteger(bytes.length)
  packet.raw(bytes)
  return packet.bytes
}
