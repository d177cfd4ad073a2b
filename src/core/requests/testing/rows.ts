import type { Direction, MessageRow, PublishProperties } from '../../message.ts'
import { encodeUtf8 } from '../../text.ts'
import type { Seq } from '../../units.ts'

/** A published row that asks for answers on the topic. Its time is its number, in milliseconds. */
export function requestRow(
  seq: Seq,
  responseTopic: string,
  correlation: string | Uint8Array,
): MessageRow {
  const correlationData = bytesOf(correlation)
  return row(seq, 'out', 'ask', { responseTopic, correlationData })
}

/** A received row with correlation data. */
export function answerRow(seq: Seq, topic: string, correlation: string | Uint8Array): MessageRow {
  return row(seq, 'in', topic, { correlationData: bytesOf(correlation) })
}

function bytesOf(data: string | Uint8Array): Uint8Array {
  return typeof data === 'string' ? encodeUtf8(data) : data
}

function row(
  seq: Seq,
  direction: Direction,
  topic: string,
  properties: PublishProperties,
): MessageRow {
  const flags = { retain: false, dup: false, queued: false } as const
  const payload = { size: 0, preview: new Uint8Array() }
  const place = { kind: 'message', seq, time: seq, direction, topic, qos: 1 } as const
  return { ...place, ...flags, ...payload, properties, subscriptions: [] }
}
