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
  let seen = 0
  while (!reader.atEnd) {
    const id = reader.variableInteger()
    const once = ONCE[id] ?? 0
    if (seen & once) throw new MalformedPacket(`property ${id} twice`)
    seen |= once
    readProperty(id, reader, found)
  }
  return found
}

/**
 * The Topic Alias among raw properties, or 0 for none. Throws as `decodePublishProperties` does, and
 * for alias 0. It is asked of every message that arrives, so it passes over values and makes none.
 */
export function readTopicAlias(raw: Uint8Array): number {
  if (raw.length === 0) return 0
  const reader = new Reader(raw)
  let alias = 0
  let seen = 0
  while (!reader.atEnd) {
    const id = reader.variableInteger()
    const once = ONCE[id] ?? 0
    if (seen & once) throw new MalformedPacket(`property ${id} twice`)
    seen |= once
    if (id === TOPIC_ALIAS) {
      alias = reader.integer(2)
      if (alias === 0) throw new MalformedPacket('Topic Alias 0')
    } else passProperty(id, reader)
  }
  return alias
}

const PAYLOAD_FORMAT_INDICATOR = 0x01
const MESSAGE_EXPIRY_INTERVAL = 0x02
const CONTENT_TYPE = 0x03
const RESPONSE_TOPIC = 0x08
const CORRELATION_DATA = 0x09
const SUBSCRIPTION_IDENTIFIER = 0x0b
const TOPIC_ALIAS = 0x23
const USER_PROPERTY = 0x26

/** A bit for each property that may be there only once. */
const ONCE: Readonly<Record<number, number>> = {
  [PAYLOAD_FORMAT_INDICATOR]: 1,
  [MESSAGE_EXPIRY_INTERVAL]: 2,
  [CONTENT_TYPE]: 4,
  [RESPONSE_TOPIC]: 8,
  [CORRELATION_DATA]: 16,
  [TOPIC_ALIAS]: 32,
}

/** Passes over a property, as strictly as `readProperty` reads it. */
function passProperty(id: number, reader: Reader): void {
  switch (id) {
    case PAYLOAD_FORMAT_INDICATOR:
      readIndicator(reader)
      return
    case MESSAGE_EXPIRY_INTERVAL:
      reader.integer(4)
      return
    case CONTENT_TYPE:
    case RESPONSE_TOPIC:
      reader.passText()
      return
    case CORRELATION_DATA:
      reader.passBinary()
      return
    case SUBSCRIPTION_IDENTIFIER:
      reader.variableInteger()
      return
    case USER_PROPERTY:
      reader.passText()
      reader.passText()
      return
    default:
      throw new MalformedPacket(`property ${id} in a PUBLISH`)
  }
}

function readIndicator(reader: Reader): 0 | 1 {
  const indicator = reader.integer(1)
  if (indicator > 1) throw new MalformedPacket('Payload Format Indicator above 1')
  return indicator === 1 ? 1 : 0
}

function readProperty(id: number, reader: Reader, into: PublishProperties): void {
  switch (id) {
    case PAYLOAD_FORMAT_INDICATOR:
      into.payloadFormatIndicator = readIndicator(reader)
      return
    case MESSAGE_EXPIRY_INTERVAL:
      into.messageExpiryInterval = reader.integer(4)
      return
    case CONTENT_TYPE:
      into.contentType = reader.text()
      return
    case RESPONSE_TOPIC:
      into.responseTopic = reader.text()
      return
    case CORRELATION_DATA:
      into.correlationData = reader.binary().slice()
      return
    case SUBSCRIPTION_IDENTIFIER:
      into.subscriptionIdentifiers = [
        ...(into.subscriptionIdentifiers ?? []),
        reader.variableInteger(),
      ]
      return
    case TOPIC_ALIAS:
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

  /** An unsigned big-endian integer of `size` bytes. */
  integer(size: 1 | 2 | 4): number {
    const end = this.#end(size)
    let value = 0
    for (; this.#at < end; this.#at += 1) value = value * 256 + (this.#bytes[this.#at] ?? 0)
    return value
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

  passBinary(): void {
    this.#at = this.#end(this.integer(2))
  }

  /** ASCII needs no decoder to be known as UTF-8. */
  passText(): void {
    const start = this.#at
    const end = this.#end(this.integer(2))
    for (; this.#at < end; this.#at += 1) {
      if ((this.#bytes[this.#at] ?? 0) < 0x80) continue
      this.#at = start
      this.text()
      return
    }
  }

  #take(size: number): Uint8Array {
    const end = this.#end(size)
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }

  /** Where `size` more bytes end. */
  #end(size: number): number {
    const end = this.#at + size
    if (end > this.#bytes.length) throw new MalformedPacket('a property that ends too early')
    return end
  }
}
