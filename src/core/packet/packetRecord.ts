import type { ConnectionFailure } from '../failure.ts'
import type { Direction } from '../message.ts'
import type { MqttVersion } from '../profile.ts'
import type { Bytes, EpochMs } from '../units.ts'

/** Of a packet as much as this is kept; its size is known all the same. */
export const KEPT_OF_PACKET: Bytes = 16 * 1024

/** Position in a trace: one more for each packet, kept or not. */
export type TraceSeq = number

/** One control packet that went over a connection. Passwords and authentication data are masked. */
export type TracedPacket = {
  kind: 'packet'
  seq: TraceSeq
  /** With a fraction: several packets share a millisecond. */
  time: EpochMs
  direction: Direction
  version: MqttVersion
  /** The first `KEPT_OF_PACKET` of them. */
  bytes: Uint8Array
  /** Of the whole packet. */
  size: Bytes
}

/** Something that happened to the connection between its packets. */
export type TraceNote = {
  kind: 'note'
  seq: TraceSeq
  time: EpochMs
  note:
    | { type: 'opening'; host: string; port: number }
    /** Without a failure the user ended it. */
    | { type: 'ended'; failure?: ConnectionFailure }
}

export type TraceRecord = TracedPacket | TraceNote

/**
 * Which of the records are still there. Messages and everything else each have a limit of their own, so
 * that a flood of messages pushes no CONNACK out.
 */
export type TraceStart = { messages: TraceSeq; rest: TraceSeq }

/** What a page gets: the records after the last that it has, and what of all is still there. */
export type TraceUpdate = {
  records: TraceRecord[]
  start: TraceStart
  /** Packets of messages that were not kept, because too many came at a time. */
  skipped: number
  /** Records that were let go for newer ones. */
  letGo: number
}

/** Whether a record belongs to a message: PUBLISH or one of its acknowledgements. */
export function isMessageRecord(record: TraceRecord): boolean {
  if (record.kind === 'note') return false
  const type = (record.bytes[0] ?? 0) >> 4
  return type >= 3 && type <= 7
}
