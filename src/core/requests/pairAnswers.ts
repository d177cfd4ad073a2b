import type { MessageRow, Row } from '../message.ts'
import type { Milliseconds } from '../units.ts'

/** A received message that answers a request; `latency` is the time from the one to the other. */
export type Answer = { row: MessageRow; latency: Milliseconds }

/** A published message that asks for answers (MQTT 5.0 §4.10), with those that have come, in order. */
export type Request = {
  row: MessageRow
  responseTopic: string
  /** The correlation data, as `correlationKey` writes it. */
  correlation: string
  answers: Answer[]
}

/** Correlation data in a form that is the same for equal bytes and for no others: hex digits. */
export function correlationKey(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * The requests among the published messages, the newest first. A request has a response topic and
 * correlation data; an answer is a received message on that topic with the same correlation data, and
 * belongs to the newest request before it, since correlation data may be used again. Both lists are in
 * the order of the log; what answers nothing is left out.
 */
export function pairAnswers(published: readonly Row[], received: readonly Row[]): Request[] {
  const requests = published.flatMap((row) => requestOf(row) ?? [])
  const byKey = new Map<string, Request[]>()
  for (const request of requests) {
    const key = keyOf(request.responseTopic, request.correlation)
    const rivals = byKey.get(key)
    if (rivals) rivals.push(request)
    else byKey.set(key, [request])
  }
  for (const row of received) {
    const data = row.kind === 'message' ? row.properties?.correlationData : undefined
    if (row.kind !== 'message' || !data) continue
    const asked = byKey.get(keyOf(row.topic, correlationKey(data)))
    const request = asked?.findLast((each) => each.row.seq < row.seq)
    // A clock that was set back must not make an answer come before its request.
    request?.answers.push({ row, latency: Math.max(0, row.time - request.row.time) })
  }
  return requests.reverse()
}

function requestOf(row: Row): Request | undefined {
  if (row.kind !== 'message') return undefined
  const { responseTopic, correlationData } = row.properties ?? {}
  if (responseTopic === undefined || !correlationData) return undefined
  return { row, responseTopic, correlation: correlationKey(correlationData), answers: [] }
}

function keyOf(topic: string, correlation: string): string {
  return `${correlation} ${topic}`
}
