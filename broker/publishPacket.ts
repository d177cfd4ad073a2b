import type { PublishProperties, QoS } from '../src/core/message.ts'
import { ByteReader } from './byteReader.ts'
import { ByteWriter } from './byteWriter.ts'
import type { Frame } from './frames.ts'
import type { ProtocolLevel } from './protocolLevel.ts'
import { readPublishProperties, writePublishProperties } from './publishProperties.ts'
import { REASON, Violation } from './reason.ts'

/**
 * A PUBLISH (MQTT 5.0 §3.3). It has a codec of its own, because mqtt-packet keeps user properties
 * by name: their order and repetitions between other names, which a server must keep (§3.3.2.3.7),
 * would be lost on the way through.
 */
export type PublishPacket = {
  cmd: 'publish'
  topic: string
  payload: Uint8Array
  qos: QoS
  retain: boolean
  dup: boolean
  /** 0 when the QoS is 0. */
  messageId: number
  properties: PublishProperties
}

/** Reads a PUBLISH frame; the payload is a copy. Throws a `Violation` when it is malformed. */
export function decodePublish(frame: Frame, level: ProtocolLevel): PublishPacket {
  const flags = frame.header & 0x0f
  const qos = (flags >> 1) & 0x03
  if (qos !== 0 && qos !== 1 && qos !== 2) {
    throw new Violation(REASON.malformedPacket, 'A PUBLISH has both QoS bits set')
  }
  if (qos === 0 && (flags & 0x08) !== 0) {
    throw new Violation(REASON.malformedPacket, 'A PUBLISH of QoS 0 is marked as a duplicate')
  }
  const reader = new ByteReader(frame.body)
  const topic = reader.text()
  const messageId = qos > 0 ? reader.twoBytes() : 0
  if (qos > 0 && messageId === 0) {
    throw new Violation(REASON.protocolError, 'A PUBLISH has the packet identifier 0')
  }
  const properties = level === 5 ? readPublishProperties(reader) : {}
  return {
    cmd: 'publish',
    topic,
    payload: reader.take(reader.left).slice(),
    qos,
    retain: (flags & 0x01) !== 0,
    dup: (flags & 0x08) !== 0,
    messageId,
    properties,
  }
}

/** The bytes of a PUBLISH for a client of the given protocol level; properties need level 5. */
export function encodePublish(packet: PublishPacket, level: ProtocolLevel): Uint8Array {
  const head = new ByteWriter().text(packet.topic)
  if (packet.qos > 0) head.twoBytes(packet.messageId)
  if (level === 5) writePublishProperties(head, packet.properties)
  const flags = (packet.dup ? 0x08 : 0) | (packet.qos << 1) | (packet.retain ? 0x01 : 0)
  return new ByteWriter()
    .byte(0x30 | flags)
    .variable(head.length + packet.payload.length)
    .raw(head.finish())
    .raw(packet.payload)
    .finish()
}
