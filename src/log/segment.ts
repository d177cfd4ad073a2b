/**
 * The format of the log: a run of entries packed into two buffers, such that any entry can be read
 * without touching the others, and topics and directions can be searched without reading a payload.
 * All numbers are little-endian.
 *
 *   head.index   n × 4 bytes    u16 topic index · u8 flags · u8 unused
 *   body         n × 12 bytes   u32 end of the entry's bytes, counted from the end of these rows
 *                               i32 milliseconds since head.baseTime
 *                               u32 how many of the entry's bytes are properties
 *                then, for each entry, its property bytes and its payload; a mark is JSON in UTF-8
 *
 * The index lies in the head because a filter over a million messages has to read it for all of them,
 * and the bodies for none.
 */
import type { Mark, QoS } from '@/core/message.ts'
import type { Bytes, EpochMs, Seq } from '@/core/units.ts'
import type { StoredEntry } from './entry.ts'

export const INDEX_STEP: Bytes = 4
export const ROW_STEP: Bytes = 12

/** What an entry takes apart from its own bytes. */
export const ENTRY_OVERHEAD: Bytes = INDEX_STEP + ROW_STEP

export const QOS_MASK = 0b0000_0011
export const RETAIN = 0b0000_0100
export const DUP = 0b0000_1000
export const OUT = 0b0001_0000
export const QUEUED = 0b0010_0000
export const MARK = 0b0100_0000

export type SegmentHead = {
  firstSeq: Seq
  /** The seq of each entry, where they do not just follow each other. */
  seqs?: Seq[]
  count: number
  /** What the segment takes in storage: index, body and topics. */
  bytes: Bytes
  /** The time of the first entry. */
  baseTime: EpochMs
  /** The clock may be set back, so these need not be the times of the first and the last entry. */
  earliest: EpochMs
  latest: EpochMs
  /** How many entries are messages with direction `in` and `out`; the rest are marks. */
  received: number
  published: number
  topics: string[]
  index: ArrayBuffer
}

export type Segment = { head: SegmentHead; body: ArrayBuffer }

/**
 * Reads one entry. Properties and payload are views into the segment's buffer: they must not be
 * written to, and must be copied before they are posted, which would otherwise post the whole buffer.
 * Throws a RangeError where `seq` is not in the segment.
 */
export function entryOf(segment: Segment, seq: Seq): StoredEntry {
  const { firstSeq, seqs } = segment.head
  return entryAt(segment, seqs ? seqs.indexOf(seq) : seq - firstSeq)
}

/** The seq of entry `i` of a segment, counted from 0. */
export function seqAt({ firstSeq, seqs }: SegmentHead, i: number): Seq {
  return seqs?.[i] ?? firstSeq + i
}

function entryAt({ head, body }: Segment, i: number): StoredEntry {
  const seq = seqAt(head, i)
  const index = new DataView(head.index, i * INDEX_STEP, INDEX_STEP)
  const row = new DataView(body, i * ROW_STEP, ROW_STEP)
  const start = i === 0 ? 0 : new DataView(body, (i - 1) * ROW_STEP, 4).getUint32(0, true)
  const middle = start + row.getUint32(8, true)
  const base = head.count * ROW_STEP
  const properties = new Uint8Array(body, base + start, middle - start)
  const payload = new Uint8Array(body, base + middle, row.getUint32(0, true) - middle)
  const time = head.baseTime + row.getInt32(4, true)
  const flags = index.getUint8(2)
  if (flags & MARK) {
    const mark = JSON.parse(new TextDecoder().decode(payload)) as Mark
    return { seq, kind: 'mark', time, mark }
  }
  return {
    seq,
    kind: 'message',
    time,
    direction: flags & OUT ? 'out' : 'in',
    topic: head.topics[index.getUint16(0, true)] ?? '',
    qos: (flags & QOS_MASK) as QoS,
    retain: (flags & RETAIN) !== 0,
    dup: (flags & DUP) !== 0,
    queued: (flags & QUEUED) !== 0,
    properties,
    payload,
  }
}

/** The entries from `from` (included) to `to` (not) that the segment has, as `entryOf` gives them. */
export function entriesOf(segment: Segment, from: Seq, to: Seq): StoredEntry[] {
  const { firstSeq, seqs, count } = segment.head
  if (seqs) {
    return seqs.flatMap((seq, i) => (seq >= from && seq < to ? [entryAt(segment, i)] : []))
  }
  const first = Math.max(from, firstSeq)
  const length = Math.max(0, Math.min(to, firstSeq + count) - first)
  return Array.from({ length }, (_, i) => entryAt(segment, first - firstSeq + i))
}
