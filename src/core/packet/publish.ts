import type { QoS } from '../message.ts'
import { MalformedPacket, type Packet } from './framer.ts'
import type { TopicTexts } from './topicTexts.ts'
import { readVariableInteger } from './variableInteger.ts'

/** A received PUBLISH (MQTT 5.0 §3.3). `properties` and `payload` are views of the packet's bytes. */
export type PublishPacket = {
  /** Empty when MQTT 5 names the topic by `Topic Alias` alone. */
  topic: string
  qos: QoS
  retain: boolean
  dup: boolean
  /** 0 for QoS 0, which has none. */
  packetId: number
  /** Raw MQTT 5 properties, without their length; empty before MQTT 5. */
  properties: Uint8Array
  payload: Uint8Array
}

const NO_BYTES = new Uint8Array(0)

/**
 * Reads a PUBLISH without copying. `topics` are those of the same connection so far. Throws
 * `MalformedPacket` for what the specification forbids.
 */
export function decodePublish(packet: Packet, isMqtt5: boolean, topics: TopicTexts): PublishPacket {
  const { bytes, flags } = packet
  const level = (flags >> 1) & 3
  if (level === 3) throw new MalformedPacket('PUBLISH with QoS 3')
  const qos = level as QoS
  const dup = (flags & 8) !== 0
  if (dup && qos === 0) throw new MalformedPacket('PUBLISH with DUP and QoS 0')

  let at = packet.bodyStart
  const topicLength = readUint16(bytes, at)
  const topic = topics.textOf(bytes, at + 2, need(bytes, at + 2 + topicLength))
  if (topic === '' && !isMqtt5) throw new MalformedPacket('PUBLISH without a topic')
  at += 2 + topicLength

  let packetId = 0
  if (qos > 0) {
    packetId = readUint16(bytes, at)
    if (packetId === 0) throw new MalformedPacket('PUBLISH with packet identifier 0')
    at += 2
  }

  let properties: Uint8Array = NO_BYTES
  if (isMqtt5) {
    const length = readVariableInteger(bytes, at)
    if (!length) throw new MalformedPacket('PUBLISH with a malformed property length')
    properties = bytes.subarray(length.end, need(bytes, length.end + length.value))
    at = length.end + length.value
  }
  const retain = (flags & 1) !== 0
  return { topic, qos, retain, dup, packetId, properties, payload: bytes.subarray(at) }
}

function readUint16(bytes: Uint8Array, at: number): number {
  need(bytes, at + 2)
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
}

/** `end`, when the packet is that long. */
function need(bytes: Uint8Array, end: number): number {
  if (end > bytes.length) throw new MalformedPacket('PUBLISH that ends too early')
  return end
}
