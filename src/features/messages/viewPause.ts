import type { ViewContent } from '@/stores/messages.ts'
import { keepRows } from './keepRows.ts'

/**
 * Holds a view at the row at which it was paused: what comes behind is counted and not shown. Rows that
 * the log lets go meanwhile stay as long as the reader is at them.
 */
export class ViewPause {
  /** The number of the first row that is not shown; undefined until there is a view to pause. */
  #end: number | undefined
  #cleared = 0

  /** Pauses at the end of `content`, or of whatever comes first. */
  constructor(content: ViewContent | undefined) {
    if (content) this.#begin(content)
  }

  /** How many rows `content` has that are not shown. */
  cameIn({ first, count }: ViewContent): number {
    return this.#end === undefined ? 0 : Math.max(0, first + count - this.#end)
  }

  /** What to show of `next` when `current` is shown and row `index` of it is what the reader is at. */
  pass(
    current: ViewContent | undefined,
    next: ViewContent,
    index: number | undefined,
  ): ViewContent {
    // A log that was emptied has nothing left to hold.
    if (this.#end === undefined || next.cleared !== this.#cleared) this.#begin(next)
    const end = this.#end ?? 0
    const count = Math.max(0, Math.min(next.count, end - next.first))
    const rows = next.rows.slice(0, Math.max(0, count - next.from))
    const clipped = { ...next, count, from: Math.min(next.from, count), rows }
    if (!current || index === undefined || current.cleared !== next.cleared) return clipped
    const isGone = current.rows.length > 0 && current.first + index < next.first
    if (!isGone) return keepRows(current, clipped, index)
    return { ...clipped, count: Math.max(count, current.rows.length), from: 0, rows: current.rows }
  }

  #begin({ first, count, cleared }: ViewContent): void {
    this.#end = first + count
    this.#cleared = cleared
  }
}
