import type { ViewWindow } from '@/stores/messages.ts'
import type { Pixels, Range } from './rowPlacement.ts'
import { rowsToAsk } from './rowsToAsk.ts'

/** Rows are taken for no higher than this, so that enough of them are asked for. */
const HIGHEST_ROW: Pixels = 72

/** A pane that is lower may become as high as this without a question. */
const LOWEST_SCREEN: Pixels = 600

/** How many rows are asked for to fill a viewport, where rows are about so high. */
export function rowsPerScreen(viewport: Pixels, rowHeight: Pixels): number {
  return Math.ceil(Math.max(viewport, LOWEST_SCREEN) / Math.min(rowHeight, HIGHEST_ROW))
}

/** The rows that the engine was asked for last. */
export class AskedRows {
  #window: ViewWindow | undefined

  /** Whatever is asked for next, is asked for anew. */
  forget(): void {
    this.#window = undefined
  }

  /** Rows at the start are gone, so that all others have lower indexes. */
  moveUp(rows: number): void {
    if (rows === 0 || !this.#window || !('from' in this.#window)) return
    this.#window = { from: this.#window.from - rows, to: this.#window.to - rows }
  }

  /** The window to ask for, of `count` rows, so that these are there; undefined where the last one does. */
  next(wanted: Range | 'end', count: number, perScreen: number): ViewWindow | undefined {
    const window = rowsToAsk(this.#window, wanted, count, perScreen)
    if (window === this.#window) return undefined
    this.#window = window
    return window
  }
}
