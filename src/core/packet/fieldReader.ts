import { decodeUtf8 } from '../text.ts'
import type { Bytes } from '../units.ts'
import { MalformedPacket } from './framer.ts'
import type { FieldSection, FieldValue, PacketField } from './packetField.ts'
import { AUTHENTICATION_DATA, PROPERTIES, type Property } from './propertyTable.ts'
import { readVariableInteger } from './variableInteger.ts'

/** Thrown where the packet goes on but what was kept of it ends. */
export class CutOff extends Error {}

/**
 * Reads the data types of MQTT 5.0 §1.5 out of a packet, one after the other, and notes for each value
 * where it lay. Every method throws `MalformedPacket` for what lies behind the end of the packet and
 * `CutOff` for what lies behind the bytes that are there.
 */
export class FieldReader {
  readonly fields: PacketField[] = []
  readonly #bytes: Uint8Array
  readonly #end: Bytes
  #at: Bytes
  #section: FieldSection = 'fixed header'

  /** `size` is that of the whole packet, of which `bytes` may be only the beginning. */
  constructor(bytes: Uint8Array, size: Bytes) {
    this.#bytes = bytes
    this.#end = size
    this.#at = 0
  }

  get at(): Bytes {
    return this.#at
  }

  get atEnd(): boolean {
    return this.#at >= this.#end
  }

  /** The fields from here on lie in this part of the packet. */
  enter(section: FieldSection): void {
    this.#section = section
  }

  /** An unsigned big-endian integer. */
  number(name: string, size: 1 | 2 | 4): number {
    const start = this.#at
    const value = this.#integer(size)
    this.note(name, start, { kind: 'number', number: value })
    return value
  }

  variableInteger(name: string): number {
    const start = this.#at
    const value = this.#variableInteger()
    this.note(name, start, { kind: 'number', number: value })
    return value
  }

  reason(name: string): number {
    const start = this.#at
    const code = this.#integer(1)
    this.note(name, start, { kind: 'reason', code })
    return code
  }

  text(name: string): string {
    const start = this.#at
    const text = this.#text()
    this.note(name, start, { kind: 'text', text })
    return text
  }

  /** Binary data with its length in front; a `secret` is masked. */
  binary(name: string, kind: 'bytes' | 'secret' = 'bytes'): void {
    const start = this.#at
    this.note(name, start, { kind, from: this.#binary() })
  }

  /** All that is left, without a length: the payload of a PUBLISH. */
  rest(name: string): void {
    const start = this.#at
    this.#at = this.#end
    this.note(name, start, { kind: 'bytes', from: start })
  }

  /** One byte of several fields: they are noted by the caller, who has its value and its place. */
  byte(): number {
    return this.#integer(1)
  }

  /** Notes what lies between `start` and here. */
  note(name: string, start: Bytes, value: FieldValue): void {
    this.fields.push({ section: this.#section, name, start, end: this.#at, value })
  }

  /** Properties with their length in front (MQTT 5.0 §2.2.2). */
  properties(section: 'properties' | 'will properties' = 'properties'): void {
    const before = this.#section
    this.#section = section
    const length = this.variableInteger('Property Length')
    const end = this.#at + length
    if (end > this.#end) throw new MalformedPacket('properties that are longer than their packet')
    while (this.#at < end) this.#property(end)
    this.#section = before
  }

  /** The same where they may be left out (MQTT 5.0 §3.4.2.2.1). */
  optionalProperties(): void {
    if (!this.atEnd) this.properties()
  }

  #property(end: Bytes): void {
    const start = this.#at
    const id = this.#variableInteger()
    const property = PROPERTIES[id]
    if (!property) throw new MalformedPacket(`property ${id}, which there is not`)
    // Noted even where it is wrong: a secret that is not among the fields would not be masked.
    this.note(property.name, start, this.#propertyValue(id, property))
    if (this.#at > end) throw new MalformedPacket(`${property.name} that ends too late`)
  }

  #propertyValue(id: number, { kind }: Property): FieldValue {
    switch (kind) {
      case 'byte':
        return { kind: 'number', number: this.#integer(1) }
      case 'twoBytes':
        return { kind: 'number', number: this.#integer(2) }
      case 'fourBytes':
        return { kind: 'number', number: this.#integer(4) }
      case 'variableInteger':
        return { kind: 'number', number: this.#variableInteger() }
      case 'text':
        return { kind: 'text', text: this.#text() }
      case 'binary':
        return { kind: id === AUTHENTICATION_DATA ? 'secret' : 'bytes', from: this.#binary() }
      case 'pair':
        return { kind: 'pair', name: this.#text(), text: this.#text() }
    }
  }

  #integer(size: 1 | 2 | 4): number {
    const bytes = this.#take(size)
    return bytes.reduce((value, byte) => value * 256 + byte, 0)
  }

  #variableInteger(): number {
    const read = readVariableInteger(this.#bytes, this.#at)
    if (!read) {
      const isCut = this.#at + 4 > this.#bytes.length && this.#bytes.length < this.#end
      // Passed over, so that it stays what it is where all that could not be read is masked.
      this.#at = Math.min(this.#at + 4, this.#bytes.length)
      throw isCut ? new CutOff() : new MalformedPacket('a malformed Variable Byte Integer')
    }
    this.#take(read.end - this.#at)
    return read.value
  }

  /** Passes over binary data with its length in front; where the data begin. */
  #binary(): Bytes {
    const size = this.#integer(2)
    const from = this.#at
    this.#take(size)
    return from
  }

  #text(): string {
    const text = decodeUtf8(this.#take(this.#integer(2)))
    if (text === undefined) throw new MalformedPacket('a text that is not UTF-8')
    return text
  }

  #take(size: Bytes): Uint8Array {
    const end = this.#at + size
    if (end > this.#end) throw new MalformedPacket('a field that ends after its packet')
    if (end > this.#bytes.length) throw new CutOff()
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}
