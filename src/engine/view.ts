import { lowerBound } from '@/core/lowerBound.ts'
import type { Row } from '@/core/message.ts'
import { matchTopic } from '@/core/topic.ts'
import type { EpochMs, Seq } from '@/core/units.ts'
import type { StoredEntry } from '@/log/entry.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import type { LogFilter } from '@/log/selection.ts'
import type { RowWindow, ViewFilter, ViewWindow } from './protocol.ts'
import { previousTimes } from './previousTimes.ts'
import { rowOf, type RowContext } from './row.ts'

/** What a page gets of a view; see the event `rows`. */
export type ViewContent = {
  first: number
  count: number
  from: number
  rows: Row[]
  cleared: number
}

/** Rows so near to each other in the log are read together, with what lies between them. */
const READ_GAP = 64

/** Rows of a filter may each lie in a chunk of their own, so that fewer of them are looked back at. */
const MAX_FILTERED_LOOK_BACK = 64

/** Rows of a view; the first `older` of the entries come before them and are not rows themselves. */
type Found = {
  first: number
  count: number
  from: number
  entries: StoredEntry[]
  older: number
}

/**
 * One filter over one log. It remembers which entries pass and only looks at those that came since, so a
 * filtered view of a long log costs no more to follow than the log itself.
 */
export class View {
  readonly #log: MessageLog
  readonly #filter: LogFilter | undefined
  /** The entries that pass, ascending, as far as `#selectedTo` (not included). Unused without filter. */
  #passing: Seq[] = []
  #selectedTo: Seq = 0
  /** The number of the first of them: how many have passed that are not in the log any more. */
  #first = 0
  /** Where the log began when they were selected. */
  #start: Seq
  #cleared: number

  constructor(log: MessageLog, filter: ViewFilter) {
    this.#log = log
    this.#filter = logFilter(filter)
    this.#cleared = log.counters.cleared
    this.#start = log.start
  }

  /** The rows of a window, as the log is now. Rejects with a StorageError. */
  async read(window: ViewWindow, context: RowContext): Promise<ViewContent> {
    for (;;) {
      const { start, counters } = this.#log
      const { cleared } = counters
      const { entries, older, ...content } = await this.#read(window, cleared)
      // A log that was emptied or shortened in the meantime gave rows of two logs, or too few.
      if (this.#log.counters.cleared !== cleared || this.#log.start !== start) continue
      const previous = looksBack(window) ? previousTimes(entries) : []
      const rows = entries
        .slice(older)
        .map((entry, i) => rowOf(entry, context, previous[older + i]))
      return { ...content, rows, cleared }
    }
  }

  async #read(window: ViewWindow, cleared: number): Promise<Found> {
    if ('seqs' in window) return this.#readThese(window.seqs)
    if ('at' in window) return this.#readAt(window.at, cleared)
    if (!this.#filter) return this.#readAny(window)
    await this.#select(this.#filter, cleared)
    const first = this.#first
    const count = this.#passing.length
    const [from, to] = clamp(window, first, first + count)
    const older = Math.min(lookBackOf(window), MAX_FILTERED_LOOK_BACK, from - first)
    const wanted = this.#passing.slice(from - first - older, to - first)
    return { first, count, from, entries: await this.#readEach(wanted), older }
  }

  /** Those of these entries that the log still has; they are counted from 0. */
  async #readThese(seqs: readonly Seq[]): Promise<Found> {
    const entries = await this.#readEach(seqs)
    return { first: 0, count: entries.length, from: 0, entries, older: 0 }
  }

  /** Without a filter the number of a row is its seq, and the kept ones are counted before those. */
  async #readAny(window: RowWindow): Promise<Found> {
    const { start, end, kept } = this.#log
    const first = start - kept.length
    const [from, to] = clamp(window, first, end)
    const seqOf = (row: number) => (row < start ? (kept[row - first] ?? start) : row)
    const older = from < to ? Math.min(lookBackOf(window), from - first) : 0
    const entries = from < to ? await this.#log.read(seqOf(from - older), seqOf(to - 1) + 1) : []
    return { first, count: end - first, from, entries, older }
  }

  /** One row, or none where the last one is earlier; `from` then is where the next one will be. */
  async #readAt(time: EpochMs, cleared: number): Promise<Found> {
    if (this.#filter) await this.#select(this.#filter, cleared)
    const passing = this.#filter && this.#passing
    const seq = await this.#log.findTime(time, (each) => !passing || has(passing, each))
    const { start, end, kept } = this.#log
    const before = passing ?? kept
    const first = passing ? this.#first : start - kept.length
    const count = passing ? passing.length : end - first
    if (seq === undefined) return { first, count, from: first + count, entries: [], older: 0 }
    const isPlain = !passing && seq >= start
    const from = isPlain ? seq : first + placeOf(before, seq)
    return { first, count, from, entries: await this.#log.read(seq, seq + 1), older: 0 }
  }

  async #select(filter: LogFilter, cleared: number): Promise<void> {
    if (cleared !== this.#cleared) {
      this.#cleared = cleared
      this.#passing = []
      this.#selectedTo = 0
    }
    if (this.#log.start !== this.#start) this.#forgetGone()
    // `select` sees the log as it is when it is called, so the end must be taken at the same moment.
    const { end } = this.#log
    if (this.#selectedTo >= end) return
    for (const seq of await this.#log.select(filter, this.#selectedTo)) this.#passing.push(seq)
    this.#selectedTo = end
  }

  /** Of what was let go, only what is kept still passes. */
  #forgetGone(): void {
    const { start, kept } = this.#log
    this.#start = start
    const stays = new Set(kept)
    const before = this.#passing.length
    this.#passing = this.#passing.filter((seq) => seq >= start || stays.has(seq))
    this.#first += before - this.#passing.length
  }

  async #readEach(wanted: readonly Seq[]): Promise<StoredEntry[]> {
    const entries: StoredEntry[] = []
    let first = 0
    while (first < wanted.length) {
      let last = first
      while (gapAfter(wanted, last) <= READ_GAP) last++
      const run = new Set(wanted.slice(first, last + 1))
      // One after the other: the runs of one chunk then read it once and find it in the cache.
      const read = await this.#log.read(wanted[first] ?? 0, (wanted[last] ?? 0) + 1)
      entries.push(...read.filter(({ seq }) => run.has(seq)))
      first = last + 1
    }
    return entries
  }
}

/** Undefined where everything passes, marks included. */
function logFilter({ direction, topicFilter }: ViewFilter): LogFilter | undefined {
  if (direction === undefined && topicFilter === undefined) return undefined
  return {
    ...(direction === undefined ? {} : { direction }),
    ...(topicFilter === undefined
      ? {}
      : { matchesTopic: (topic: string) => matchTopic(topicFilter, topic) }),
  }
}

function lookBackOf({ lookBack = 0 }: RowWindow): number {
  return Math.max(0, lookBack)
}

/** Entries that are named one by one are looked back at among themselves. */
function looksBack(window: ViewWindow): boolean {
  if ('at' in window) return false
  return 'seqs' in window || lookBackOf(window) > 0
}

/** The rows of a window that there are, of those from `first` (included) to `end` (not). */
function clamp(window: RowWindow, first: number, end: number): [from: number, to: number] {
  if ('last' in window) return [Math.max(first, end - Math.max(0, window.last)), end]
  const from = Math.min(Math.max(first, window.from), end)
  return [from, Math.min(Math.max(from, window.to), end)]
}

/** Where a seq stands among these, ascending, or would stand. */
function placeOf(seqs: readonly Seq[], seq: Seq): number {
  return lowerBound(0, seqs.length, (index) => (seqs[index] ?? Infinity) < seq)
}

function has(seqs: readonly Seq[], seq: Seq): boolean {
  return seqs[placeOf(seqs, seq)] === seq
}

function gapAfter(seqs: readonly Seq[], index: number): number {
  const [seq, next] = [seqs[index], seqs[index + 1]]
  return seq === undefined || next === undefined ? Infinity : next - seq
}
