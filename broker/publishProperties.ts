import type { PublishProperties } from '../src/core/message.ts'
import { ByteReader } from './byteReader.ts'
import { ByteWriter } from './byteWriter.ts'
import { REASON, Violation } from './reason.ts'

/** The identifiers of the properties that a PUBLISH may carry (MQTT 5.0 §2.2.2.2). */
const ID = {
  payloadFormatIndicator: 0x01,
  messageExpiryInterval: 0x02,
  contentType: 0x03,
  responseTopic: 0x08,
  correlationData: 0x09,
  subscriptionIdentifier: 0x0b,
  topicAlias: 0x23,
  userProperty: 0x26,
} as const

/** Those that may come more than once (§3.3.2.3). */
const REPEATABLE: number[] = [ID.userProperty, ID.subscriptionIdentifier]

/** Reads the property length and the properties. Throws a `Violation` for what may not be there. */
export function readPublishProperties(packet: ByteReader): PublishProperties {
  const reader = new ByteReader(packet.take(packet.variable()))
  const properties: PublishProperties = {}
  const seen = new Set<number>()
  while (reader.left > 0) {
    const id = reader.variable()
    if (seen.has(id) && !REPEATABLE.includes(id)) {
      throw new Violation(REASON.protocolError, `The property ${id} comes twice`)
    }
    seen.add(id)
    readProperty(id, reader, properties)
  }
  return properties
}

function readProperty(id: number, reader: ByteReader, properties: PublishProperties): void {
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
    case ID.topicAlias:
      properties.topicAlias = reader.twoBytes()
      return
    case ID.userProperty:
      ;(properties.userProperties ??= []).push({ name: reader.text(), value: reader.text() })
      return
    default:
      throw new Violation(REASON.malformedPacket, `A PUBLISH has the property ${id}`)
  }
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
