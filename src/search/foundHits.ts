import type { Milliseconds, Seq } from '@/core/units.ts'
import type { SearchEvent } from './protocol.ts'

/** What is found is told this often, after the first of it. */
const TELL_PERIOD: Milliseconds = 50

type Found = Extract<SearchEvent, { type: 'found' }>

/** Gathers hits and tells of them: of the first at once, and then from time to time. */
export class FoundHits {
  readonly #tell: (found: Pick<Found, 'older' | 'newer'>) => void
  readonly #now: () => Milliseconds
  /** The newest part first. */
  #older: Seq[][] = []
  #newer: Seq[] = []
  #hasToldHits = false
  #toldAt: Milliseconds = -Infinity

  constructor(tell: (found: Pick<Found, 'older' | 'newer'>) => void, now: () => Milliseconds) {
    this.#tell = tell
    this.#now = now
  }

  /** Adds hits, ascending, that lie before all that were added so far. */
  addOlder(hits: Seq[]): void {
    if (hits.length > 0) this.#older.push(hits)
  }

  /** Adds hits, ascending, that lie behind all that were added so far. */
  addNewer(hits: readonly Seq[]): void {
    for (const seq of hits) this.#newer.push(seq)
  }

  /** Drops what was not told yet and lies before `start`. */
  dropBefore(start: Seq): void {
    this.#older = this.#older.map((part) => part.filter((seq) => seq >= start))
  }

  /** Tells, if it is time. */
  offer(): void {
    const hasHits = this.#older.length + this.#newer.length > 0
    const isFirst = hasHits && !this.#hasToldHits
    if (isFirst || this.#now() - this.#toldAt >= TELL_PERIOD) this.tell()
  }

  tell(): void {
    const older = this.#older.reverse().flat()
    const newer = this.#newer
    this.#older = []
    this.#newer = []
    this.#hasToldHits ||= older.length + newer.length > 0
    this.#toldAt = this.#now()
    this.#tell({ older, newer })
  }
}
