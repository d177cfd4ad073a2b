import type { PublishProperties } from '../message.ts'
import { decodeUtf8 } from '../text.ts'
import { MalformedPacket } from './framer.ts'
import { readVariableInteger } from './variableInteger.ts'

/**
 * Decodes the raw properties of a PUBLISH (MQTT 5.0 §3.3.2.3). Repeated user properties and
 * subscription identifiers keep their order. Throws `MalformedPacket` for an unknown or cut property
 * and for one that may not repeat.
 */
export function decodePublishProperties(raw: Uint8Array): PublishProperties {
  const reader = new Reader(raw)
  const found: PublishProperties = {}
  const seen = new Set<number>()
  while (!reader.atEnd) {
    const id = reader.variableInteger()
    if (id !== USER_PROPERTY && id !== SUBSCRIPTION_IDENTIFIER) {
      if (seen.has(id)) throw new MalformedPacket(`property ${id} twice`)
      seen.add(id)
    }
    readProperty(id, reader, found)
  }
  return found
}

/** The Topic Alias among raw properties, or 0 for none. Throws as `decodePublishProperties` does. */
export function readTopicAlias(raw: Uint8Array): number {
  if (raw.length === 0) return 0
  const alias = decodePublishProperties(raw).topicAlias
  if (alias === 0) throw new MalformedPacket('Topic Alias 0')
  return alias ?? 0
}

const SUBSCRIPTION_IDENTIFIER = 0x0b
const USER_PROPERTY = 0x26

function readProperty(id: number, reader: Reader, into: PublishProperties): void {
  switch (id) {
    case 0x01: {
      const indicator = reader.byte()
      if (indicator > 1) throw new MalformedPacket('Payload Format Indicator above 1')
      into.payloadFormatIndicator = indicator === 1 ? 1 : 0
      return
    }
    case 0x02:
      into.messageExpiryInterval = reader.integer(4)
      return
    case 0x03:
      into.contentType = reader.text()
      return
    case 0x08:
      into.responseTopic = reader.text()
      return
    case 0x09:
      into.correlationData = reader.binary().slice()
      return
    case SUBSCRIPTION_IDENTIFIER:
      into.subscriptionIdentifiers = [
        ...(into.subscriptionIdentifiers ?? []),
        reader.variableInteger(),
      ]
      return
    case 0x23:
      into.topicAlias = reader.integer(2)
      return
    case USER_PROPERTY:
      into.userProperties = [
        ...(into.userProperties ?? []),
        { name: reader.text(), value: reader.text() },
      ]
      return
    default:
      throw new MalformedPacket(`property ${id} in a PUBLISH`)
  }
}

/** Reads the data types of MQTT 5.0 §1.5, in order. */
class Reader {
  #at = 0
  readonly #bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  byte(): number {
    return this.integer(1)
  }

  /** An unsigned big-endian integer of `size` bytes. */
  integer(size: 1 | 2 | 4): number {
    return this.#take(size).reduce((value, byte) => value * 256 + byte, 0)
  }

  variableInteger(): number {
    const read = readVariableInteger(this.#bytes, this.#at)
    if (!read) throw new MalformedPacket('a malformed Variable Byte Integer')
    this.#at = read.end
    return read.value
  }

  binary(): Uint8Array {
    return this.#take(this.integer(2))
  }

  text(): string {
    const text = decodeUtf8(this.binary())
    if (text === undefined) throw new MalformedPacket('a property that is not UTF-8')
    return text
  }

  #take(size: number): Uint8Array {
    const end = this.#at + size
    if (end > this.#bytes.length) throw new MalformedPacket('a property that ends too early')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}
