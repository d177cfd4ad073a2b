import type { Seq } from '@/core/units.ts'
import type { ViewWindow } from '@/stores/messages.ts'
import type { Pixels, Range } from './rowPlacement.ts'

/** The rows that are loaded: `rows[0]` is row `from` of `count`. */
export type ListContent = {
  /** How many rows there were before these, which are gone. */
  first: number
  count: number
  from: number
  rows: readonly { seq: Seq }[]
  /** Changes when the list was emptied. */
  cleared: number
}

/** The indexes of the rows that are loaded. */
export function loadedRange({ from, rows }: ListContent): Range {
  return { start: from, end: from + rows.length }
}

/** The seq of row `index`; undefined where it is not loaded. */
export function seqAt({ from, rows }: ListContent, index: number): Seq | undefined {
  return rows[index - from]?.seq
}

/** What the list does to the page. */
export interface ListScreen {
  /** Draws these rows; `drew` follows before they are painted. */
  draw(range: Range): void
  /** Puts the upper edge of the first drawn row here, seen from that of the viewport. */
  moveTo(top: Pixels): void
  /** Returns the scroll position as the browser has it then. */
  setThumb(height: Pixels, scrollTop: Pixels | undefined): Pixels
  ask(window: ViewWindow): void
  /** `unseen` rows have arrived below the lowest one that was ever seen. */
  tell(state: { isAtEnd: boolean; unseen: number }): void
}
