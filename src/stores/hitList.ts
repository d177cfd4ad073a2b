import { lowerBound } from '@/core/lowerBound.ts'
import type { Seq } from '@/core/units.ts'
import type { RowWindow } from '@/engine/protocol.ts'

/**
 * The hits of a search in the order of the log. They grow at both ends, while the past is searched and
 * new messages come, and each keeps its number: those that were there first count from 0 up, older ones
 * from -1 down.
 */
export class HitList {
  /** The newest first, from number `#middle` - 1 down. */
  #older: Seq[] = []
  /** From number `#middle` up. */
  #newer: Seq[] = []
  #middle = 0

  get count(): number {
    return this.#older.length + this.#newer.length
  }

  /** The number of the first hit. */
  get first(): number {
    return this.#middle - this.#older.length
  }

  get #end(): number {
    return this.#middle + this.#newer.length
  }

  /** Adds hits, ascending: `older` ones before all there are, and `newer` ones behind. */
  add({ older, newer }: { older: readonly Seq[]; newer: readonly Seq[] }): void {
    for (const seq of older.toReversed()) this.#older.push(seq)
    for (const seq of newer) this.#newer.push(seq)
  }

  /** Takes out all hits before `start` but for those that were `kept`, ascending. */
  shorten(start: Seq, kept: readonly Seq[]): void {
    this.#older = this.#older.filter((seq) => seq >= start)
    const staying = this.#newer.findIndex((seq) => seq >= start)
    const gone = staying === -1 ? this.#newer.length : staying
    this.#newer = this.#newer.slice(gone)
    this.#middle += gone
    this.add({ older: kept, newer: [] })
  }

  /** The hits of a window, ascending. */
  in(window: RowWindow): Seq[] {
    const from = 'last' in window ? this.#end - window.last : window.from
    const to = 'last' in window ? this.#end : Math.min(window.to, this.#end)
    const seqs: Seq[] = []
    for (let number = Math.max(this.first, from); number < to; number += 1) {
      seqs.push(this.#at(number))
    }
    return seqs
  }

  /** The number of this hit, or where it would stand. */
  numberOf(seq: Seq): number {
    return lowerBound(this.first, this.#end, (number) => this.#at(number) < seq)
  }

  #at(number: number): Seq {
    const place = number - this.#middle
    return (place < 0 ? this.#older[-1 - place] : this.#newer[place]) ?? 0
  }
}
