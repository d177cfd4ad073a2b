/**
 * How entries become segments. The newest entries of a log are its open chunk, which is kept as a few
 * small segments; a full chunk is packed anew as one segment, and is then sealed for good.
 */
import type { Bytes, Milliseconds, Seq } from '@/core/units.ts'
import type { LogEntry } from './entry.ts'
import { pack, sizeOf } from './pack.ts'
import { ENTRY_OVERHEAD } from './segment.ts'
import type { Segment } from './segment.ts'

/** A chunk of this many entries, or of this many bytes, is full. */
export const CHUNK_ENTRIES = 4_096
export const CHUNK_BYTES: Bytes = 512 * 1024

/** A row holds the time since the segment's first entry in 32 bits with sign: about 24 days. */
const TIME_SPAN: Milliseconds = 2 ** 31 - 1

export type Appended = {
  /** The chunks that became full, in order. */
  sealed: Segment[]
  /** The open chunk afterwards, in order. Segments that did not change are the same objects. */
  open: Segment[]
}

/**
 * Appends entries to the open chunk; `end` is the seq of the first of them. A message that does not
 * fit seals what was there before it, so one that is larger than a chunk gets a chunk of its own.
 */
export function append(open: readonly Segment[], end: Seq, entries: readonly LogEntry[]): Appended {
  const sealed: Segment[] = []
  let rest = open
  let fresh: LogEntry[] = []
  let next = end
  let chunk = new Extent(open)
  for (const entry of entries) {
    if (!chunk.add(entry)) {
      sealed.push(merge(rest, next - fresh.length, fresh))
      rest = []
      fresh = []
      chunk = new Extent([])
      chunk.add(entry)
    }
    fresh.push(entry)
    next++
  }
  if (chunk.isFull && fresh.length > 0) {
    sealed.push(merge(rest, next - fresh.length, fresh))
    return { sealed, open: [] }
  }
  return { sealed, open: extend(rest, next - fresh.length, fresh) }
}

/** What an append changes in storage, which then takes `growth` bytes more. */
export type TailChange = {
  sealed: readonly Segment[]
  /** Segments of the open chunk that are no more; they were the last ones. */
  replaced: readonly Segment[]
  added: readonly Segment[]
  growth: Bytes
}

/** What is to be written when the open chunk was `open` and becomes what `append` made of it. */
export function tailChange(open: readonly Segment[], next: Appended): TailChange {
  const { sealed } = next
  const replaced = open.filter((segment) => !next.open.includes(segment))
  const added = next.open.filter((segment) => !open.includes(segment))
  const growth = bytesOf(sealed) + bytesOf(added) - bytesOf(replaced)
  return { sealed, replaced, added, growth }
}

function bytesOf(segments: readonly Segment[]): Bytes {
  return segments.reduce((sum, { head }) => sum + head.bytes, 0)
}

/**
 * Adds a segment to an open chunk. A segment that is less than twice as long as what follows is packed
 * again together with it, so however small the writes are, their number stays below 13 for 4,096
 * entries (they work like the digits of a binary counter), and so does what a start has to read.
 */
function extend(open: readonly Segment[], firstSeq: Seq, fresh: readonly LogEntry[]): Segment[] {
  if (fresh.length === 0) return [...open]
  let kept = open.length
  let count = fresh.length
  for (let last = open[kept - 1]; last && last.head.count < 2 * count; last = open[kept - 1]) {
    count += last.head.count
    kept--
  }
  return [...open.slice(0, kept), merge(open.slice(kept), firstSeq, fresh)]
}

/** `firstSeq` is the seq of the first fresh entry. */
function merge(segments: readonly Segment[], firstSeq: Seq, fresh: readonly LogEntry[]): Segment {
  return pack(segments[0]?.head.firstSeq ?? firstSeq, fresh, segments)
}

/** Measures a chunk while it grows. Topics that its segments share count for each, so it errs upwards. */
class Extent {
  #count: number
  #bytes: Bytes
  #base: number | undefined
  readonly #topics = new Set<string>()

  constructor(segments: readonly Segment[]) {
    this.#count = segments.reduce((sum, { head }) => sum + head.count, 0)
    this.#bytes = bytesOf(segments)
    this.#base = segments[0]?.head.baseTime
  }

  get isFull(): boolean {
    return this.#count >= CHUNK_ENTRIES || this.#bytes >= CHUNK_BYTES
  }

  /** Whether the entry has room; the first one always has. It counts only if it has. */
  add(entry: LogEntry): boolean {
    const topic = entry.kind === 'message' && !this.#topics.has(entry.topic) ? entry.topic : ''
    const bytes = this.#bytes + ENTRY_OVERHEAD + sizeOf(entry) + topic.length
    if (this.#base === undefined) this.#base = entry.time
    else {
      const isInTime = Math.abs(entry.time - this.#base) <= TIME_SPAN
      if (this.isFull || !isInTime || bytes > CHUNK_BYTES) return false
    }
    this.#bytes = bytes
    this.#count++
    if (topic !== '') this.#topics.add(topic)
    return true
  }
}
