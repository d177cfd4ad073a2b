import type { PublishProperties } from '../src/core/message.ts'
import type { Seconds } from '../src/core/units.ts'
import { ByteReader } from './byteReader.ts'
import { ByteWriter } from './byteWriter.ts'
import { REASON, Violation } from './reason.ts'

/** The identifiers of the properties that a PUBLISH or a will may carry (MQTT 5.0 §2.2.2.2). */
const ID = {
  payloadFormatIndicator: 0x01,
  messageExpiryInterval: 0x02,
  contentType: 0x03,
  responseTopic: 0x08,
  correlationData: 0x09,
  subscriptionIdentifier: 0x0b,
  willDelayInterval: 0x18,
  topicAlias: 0x23,
  userProperty: 0x26,
} as const

/** Those that may come more than once (§3.3.2.3). */
const REPEATABLE: number[] = [ID.userProperty, ID.subscriptionIdentifier]

/** These belong to the way of a message over one connection, and are not for a will. */
const OF_PUBLISH: number[] = [ID.subscriptionIdentifier, ID.topicAlias]

type WillProperties = PublishProperties & { willDelayInterval?: Seconds }

/** Reads the property length and the properties. Throws a `Violation` for what may not be there. */
export function readPublishProperties(packet: ByteReader): PublishProperties {
  return readProperties(packet, (id) => id !== ID.willDelayInterval)
}

/** The same for the will of a CONNECT (§3.1.3.2). */
export function readWillProperties(packet: ByteReader): WillProperties {
  return readProperties(packet, (id) => !OF_PUBLISH.includes(id))
}

function readProperties(packet: ByteReader, isAllowed: (id: number) => boolean): WillProperties {
  const reader = new ByteReader(packet.take(packet.variable()))
  const properties: WillProperties = {}
  const seen = new Set<number>()
  while (reader.left > 0) {
    const id = reader.variable()
    if (seen.has(id) && !REPEATABLE.includes(id)) {
      throw new Violation(REASON.protocolError, `The property ${id} comes twice`)
    }
    seen.add(id)
    if (!isAllowed(id)) throw unexpected(id)
    readProperty(id, reader, properties)
  }
  return properties
}

function readProperty(id: number, reader: ByteReader, properties: WillProperties): void {
  switch (id) {
    case ID.payloadFormatIndicator:
      properties.payloadFormatIndicator = formatIndicator(reader.byte())
      return
    case ID.messageExpiryInterval:
      properties.messageExpiryInterval = reader.fourBytes()
      return
    case ID.contentType:
      properties.contentType = reader.text()
      return
    case ID.responseTopic:
      properties.responseTopic = reader.text()
      return
    case ID.correlationData:
      properties.correlationData = reader.binary()
      return
    case ID.subscriptionIdentifier:
      ;(properties.subscriptionIdentifiers ??= []).push(reader.variable())
      return
    case ID.willDelayInterval:
      properties.willDelayInterval = reader.fourBytes()
      return
    case ID.topicAlias:
      properties.topicAlias = reader.twoBytes()
      return
    case ID.userProperty:
      ;(properties.userProperties ??= []).push({ name: reader.text(), value: reader.text() })
      return
    default:
      throw unexpected(id)
  }
}

function unexpected(id: number): Violation {
  return new Violation(REASON.malformedPacket, `The property ${id} may not be here`)
}

function formatIndicator(value: number): 0 | 1 {
  if (value === 0 || value === 1) return value
  throw new Violation(REASON.protocolError, `The payload format indicator is ${value}`)
}

/** Writes the property length and the properties, user properties in their order. */
export function writePublishProperties(packet: ByteWriter, properties: PublishProperties): void {
  const writer = new ByteWriter()
  if (properties.payloadFormatIndicator !== undefined) {
    writer.byte(ID.payloadFormatIndicator).byte(properties.payloadFormatIndicator)
  }
  if (properties.messageExpiryInterval !== undefined) {
    writer.byte(ID.messageExpiryInterval).fourBytes(properties.messageExpiryInterval)
  }
  if (properties.contentType !== undefined) {
    writer.byte(ID.contentType).text(properties.contentType)
  }
  if (properties.responseTopic !== undefined) {
    writer.byte(ID.responseTopic).text(properties.responseTopic)
  }
  if (properties.correlationData !== undefined) {
    writer.byte(ID.correlationData).binary(properties.correlationData)
  }
  if (properties.topicAlias !== undefined) {
    writer.byte(ID.topicAlias).twoBytes(properties.topicAlias)
  }
  for (const identifier of properties.subscriptionIdentifiers ?? []) {
    writer.byte(ID.subscriptionIdentifier).variable(identifier)
  }
  for (const { name, value } of properties.userProperties ?? []) {
    writer.byte(ID.userProperty).text(name).text(value)
  }
  packet.variable(writer.length).raw(writer.finish())
}
