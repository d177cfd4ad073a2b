import type { Row } from '@/core/message.ts'
import { matchTopic } from '@/core/topic.ts'
import type { Seq } from '@/core/units.ts'
import type { StoredEntry } from '@/log/entry.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import type { LogFilter } from '@/log/selection.ts'
import type { ViewFilter, ViewWindow } from './protocol.ts'
import { rowOf, type RowContext } from './row.ts'

/** What a page gets of a view; see the event `rows`. */
export type ViewContent = { count: number; from: number; rows: Row[]; cleared: number }

/** Rows so near to each other in the log are read together, with what lies between them. */
const READ_GAP = 64

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
  #cleared: number

  constructor(log: MessageLog, filter: ViewFilter) {
    this.#log = log
    this.#filter = logFilter(filter)
    this.#cleared = log.counters.cleared
  }

  /** The rows of a window, as the log is now. Rejects with a StorageError. */
  async read(window: ViewWindow, context: RowContext): Promise<ViewContent> {
    for (;;) {
      const { cleared } = this.#log.counters
      const content = await this.#read(window, cleared)
      // A log that was emptied in the meantime gave rows of two logs, or too few.
      if (this.#log.counters.cleared !== cleared) continue
      const rows = content.entries.map((entry) => rowOf(entry, context))
      return { count: content.count, from: content.from, rows, cleared }
    }
  }

  async #read(
    window: ViewWindow,
    cleared: number,
  ): Promise<{ count: number; from: number; entries: StoredEntry[] }> {
    const log = this.#log
    if (!this.#filter) {
      const { start, end } = log
      const [from, to] = clamp(window, end - start)
      return { count: end - start, from, entries: await log.read(start + from, start + to) }
    }
    await this.#select(this.#filter, cleared)
    const count = this.#passing.length
    const [from, to] = clamp(window, count)
    return { count, from, entries: await this.#readEach(this.#passing.slice(from, to)) }
  }

  async #select(filter: LogFilter, cleared: number): Promise<void> {
    if (cleared !== this.#cleared) {
      this.#cleared = cleared
      this.#passing = []
      this.#selectedTo = 0
    }
    // `select` sees the log as it is when it is called, so the end must be taken at the same moment.
    const { end } = this.#log
    if (this.#selectedTo >= end) return
    for (const seq of await this.#log.select(filter, this.#selectedTo)) this.#passing.push(seq)
    this.#selectedTo = end
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

function clamp(window: ViewWindow, count: number): [from: number, to: number] {
  if ('last' in window) return [Math.max(0, count - Math.max(0, window.last)), count]
  const from = Math.min(Math.max(0, window.from), count)
  return [from, Math.min(Math.max(from, window.to), count)]
}

function gapAfter(seqs: readonly Seq[], index: number): number {
  const [seq, next] = [seqs[index], seqs[index + 1]]
  return seq === undefined || next === undefined ? Infinity : next - seq
}
