import type { Bytes, EpochMs, Seq } from '@/core/units.ts'
import type { LogEntry, LogMessage } from './entry.ts'
import {
  DUP,
  ENTRY_OVERHEAD,
  INDEX_STEP,
  MARK,
  OUT,
  QUEUED,
  RETAIN,
  ROW_STEP,
  type Segment,
} from './segment.ts'

/**
 * Packs segments that follow each other, and the entries that follow them, into one segment; together
 * at least one entry. They must obey the limits that `openChunk.ts` keeps: at most 65,536 topics, 4 GiB
 * of bytes, and times within 24 days of the first.
 */
export function pack(
  firstSeq: Seq,
  entries: readonly LogEntry[],
  before: readonly Segment[] = [],
): Segment {
  let count = entries.length
  let size = 0
  for (const segment of before) {
    count += segment.head.count
    size += contentsOf(segment).byteLength
  }
  for (const entry of entries) size += sizeOf(entry)
  const baseTime = before[0]?.head.baseTime ?? entries[0]?.time ?? 0
  const packer = new Packer(firstSeq, count, size, baseTime)
  for (const segment of before) packer.addSegment(segment)
  for (const entry of entries) packer.addEntry(entry)
  return packer.finish()
}

/** The bytes that an entry brings into a segment, without `ENTRY_OVERHEAD` and its topic. */
export function sizeOf(entry: LogEntry): Bytes {
  if (entry.kind === 'mark') return markBytes(entry.mark).byteLength
  return entry.properties.byteLength + entry.payload.byteLength
}

/** What topics take in storage, as far as we know: browsers keep most text as one byte a character. */
export function topicBytes(topics: Iterable<string>): Bytes {
  let bytes = 0
  for (const topic of topics) bytes += topic.length
  return bytes
}

/** Fills the two buffers of a segment from front to back. */
class Packer {
  readonly #firstSeq: Seq
  readonly #baseTime: EpochMs
  readonly #index: DataView
  readonly #rows: DataView
  /** The part of the body behind its rows. */
  readonly #contents: Uint8Array
  readonly #topics = new Map<string, number>()
  #count = 0
  #end: Bytes = 0
  #earliest: EpochMs
  #latest: EpochMs
  #received = 0
  #published = 0

  constructor(firstSeq: Seq, count: number, size: Bytes, baseTime: EpochMs) {
    this.#firstSeq = firstSeq
    this.#baseTime = baseTime
    this.#earliest = baseTime
    this.#latest = baseTime
    this.#index = new DataView(new ArrayBuffer(count * INDEX_STEP))
    this.#rows = new DataView(new ArrayBuffer(count * ROW_STEP + size))
    this.#contents = new Uint8Array(this.#rows.buffer, count * ROW_STEP)
  }

  addEntry(entry: LogEntry): void {
    if (entry.kind === 'message') {
      const { properties, topic, time } = entry
      if (properties.byteLength > 0) this.#addBytes(properties)
      this.#addBytes(entry.payload)
      this.#addRow(time, properties.byteLength, this.#topicIndex(topic), flagsOf(entry))
      if (entry.direction === 'in') this.#received++
      else this.#published++
    } else {
      this.#addBytes(markBytes(entry.mark))
      this.#addRow(entry.time, 0, 0, MARK)
    }
    if (entry.time < this.#earliest) this.#earliest = entry.time
    if (entry.time > this.#latest) this.#latest = entry.time
  }

  /** Copies what is packed already: only topics, times and places are other than they were. */
  addSegment(segment: Segment): void {
    const { head, body } = segment
    const index = new DataView(head.index)
    const rows = new DataView(body)
    const topics = head.topics.map((topic) => this.#topicIndex(topic))
    const offset = this.#end
    const later = head.baseTime - this.#baseTime
    for (let i = 0; i < head.count; i++) {
      const topic = topics[index.getUint16(i * INDEX_STEP, true)] ?? 0
      this.#end = offset + rows.getUint32(i * ROW_STEP, true)
      const time = this.#baseTime + later + rows.getInt32(i * ROW_STEP + 4, true)
      const flags = index.getUint8(i * INDEX_STEP + 2)
      this.#addRow(time, rows.getUint32(i * ROW_STEP + 8, true), topic, flags)
    }
    this.#contents.set(contentsOf(segment), offset)
    this.#earliest = Math.min(this.#earliest, head.earliest)
    this.#latest = Math.max(this.#latest, head.latest)
    this.#received += head.received
    this.#published += head.published
  }

  finish(): Segment {
    const topics = [...this.#topics.keys()]
    const count = this.#count
    const head = {
      ...{ firstSeq: this.#firstSeq, count, baseTime: this.#baseTime },
      bytes: count * ENTRY_OVERHEAD + this.#contents.byteLength + topicBytes(topics),
      ...{ earliest: this.#earliest, latest: this.#latest },
      ...{ received: this.#received, published: this.#published },
      topics,
      index: this.#index.buffer as ArrayBuffer,
    }
    return { head, body: this.#rows.buffer as ArrayBuffer }
  }

  #addBytes(bytes: Uint8Array): void {
    this.#contents.set(bytes, this.#end)
    this.#end += bytes.byteLength
  }

  /** The row of the entry whose bytes end where the contents end now. */
  #addRow(time: EpochMs, propertyBytes: Bytes, topicIndex: number, flags: number): void {
    const row = this.#count * ROW_STEP
    this.#rows.setUint32(row, this.#end, true)
    this.#rows.setInt32(row + 4, time - this.#baseTime, true)
    this.#rows.setUint32(row + 8, propertyBytes, true)
    const at = this.#count * INDEX_STEP
    this.#index.setUint16(at, topicIndex, true)
    this.#index.setUint8(at + 2, flags)
    this.#count++
  }

  /** The place of a topic in the dictionary; a new one is put at its end. */
  #topicIndex(topic: string): number {
    const known = this.#topics.get(topic)
    if (known !== undefined) return known
    this.#topics.set(topic, this.#topics.size)
    return this.#topics.size - 1
  }
}

function contentsOf({ head, body }: Segment): Uint8Array {
  return new Uint8Array(body, head.count * ROW_STEP)
}

function markBytes(mark: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(mark))
}

function flagsOf({ qos, retain, dup, direction, queued }: LogMessage): number {
  return (
    qos |
    (retain ? RETAIN : 0) |
    (dup ? DUP : 0) |
    (direction === 'out' ? OUT : 0) |
    (queued ? QUEUED : 0)
  )
}
