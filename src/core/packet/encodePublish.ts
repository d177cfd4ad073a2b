import type { OutgoingMessage, PublishProperties } from '../message.ts'
import { encodeUtf8, utf8Length } from '../text.ts'
import type { Bytes } from '../units.ts'
import { PacketWriter, variableIntegerSize } from './packetWriter.ts'

/** How a message is put into one PUBLISH. */
export type PublishForm = {
  /** 0 for QoS 0, which has none. */
  packetId: number
  isMqtt5: boolean
  /** The server knows the topic by its alias, so the topic itself is left out (MQTT 5.0 §3.3.2.3.4). */
  byAlias?: boolean
}

/** A whole PUBLISH (MQTT 5.0 §3.3, 3.1.1 §3.3). The message must be allowed: nothing is checked here. */
export function encodePublish(
  { topic, payload, qos, retain, properties }: OutgoingMessage,
  { packetId, isMqtt5, byAlias = false }: PublishForm,
): Uint8Array {
  const name = byAlias ? new Uint8Array(0) : encodeUtf8(topic)
  const raw = isMqtt5 ? encodePublishProperties(properties) : undefined
  const remaining = remainingLength(name.length, qos, raw?.length, payload.length)
  const writer = new PacketWriter(1 + variableIntegerSize(remaining) + remaining)
  writer.byte(0x30 | (qos << 1) | (retain ? 1 : 0))
  writer.variableInteger(remaining)
  writer.binary(name)
  if (qos > 0) writer.twoBytes(packetId)
  if (raw) {
    writer.variableInteger(raw.length)
    writer.raw(raw)
  }
  writer.raw(payload)
  return writer.bytes
}

/** The size of the whole PUBLISH with its topic. `payload` is the payload's length. */
export function publishSize(
  { topic, qos, properties }: Omit<OutgoingMessage, 'payload' | 'retain'>,
  payload: Bytes,
  isMqtt5: boolean,
): Bytes {
  const raw = isMqtt5 ? encodePublishProperties(properties).length : undefined
  const remaining = remainingLength(utf8Length(topic), qos, raw, payload)
  return 1 + variableIntegerSize(remaining) + remaining
}

/** `properties` is undefined before MQTT 5, which has not even a length of them. */
function remainingLength(
  topic: Bytes,
  qos: number,
  properties: Bytes | undefined,
  payload: Bytes,
): Bytes {
  const ofProperties = properties === undefined ? 0 : variableIntegerSize(properties) + properties
  return 2 + topic + (qos > 0 ? 2 : 0) + ofProperties + payload
}

/**
 * The properties of a PUBLISH without their length (MQTT 5.0 §3.3.2.3), user properties in their order
 * and with repeats. A client may not send subscription identifiers, so there are none.
 */
export function encodePublishProperties(properties: PublishProperties = {}): Uint8Array {
  const writer = new PacketWriter()
  const { payloadFormatIndicator, messageExpiryInterval, topicAlias } = properties
  const { contentType, responseTopic, correlationData, userProperties = [] } = properties
  writer.numberProperty(0x01, 1, payloadFormatIndicator)
  writer.numberProperty(0x02, 4, messageExpiryInterval)
  writer.dataProperty(0x03, contentType)
  writer.dataProperty(0x08, responseTopic)
  writer.dataProperty(0x09, correlationData)
  writer.numberProperty(0x23, 2, topicAlias)
  writer.userProperties(userProperties)
  return writer.bytes
}
