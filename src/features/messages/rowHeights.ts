import type { Seq } from '@/core/units.ts'
import type { Pixels } from './rowPlacement.ts'

/** A row before any was measured: metadata, one line of payload, and the gap below. */
const FIRST_GUESS: Pixels = 72

/** So many heights are remembered; a list that is scrolled through at length starts anew. */
const CAPACITY = 20_000

/** The heights of rows that were drawn, and a guess for the others. */
export class RowHeights {
  readonly #heights = new Map<Seq, Pixels>()
  #sum: Pixels = 0

  /** The mean of what is known. */
  get mean(): Pixels {
    return this.#heights.size === 0 ? FIRST_GUESS : this.#sum / this.#heights.size
  }

  /** The height of a row, or undefined when it was never drawn. */
  get(seq: Seq): Pixels | undefined {
    return this.#heights.get(seq)
  }

  set(seq: Seq, height: Pixels): void {
    if (this.#heights.size >= CAPACITY) this.clear()
    this.#sum += height - (this.#heights.get(seq) ?? 0)
    this.#heights.set(seq, height)
  }

  clear(): void {
    this.#heights.clear()
    this.#sum = 0
  }
}
