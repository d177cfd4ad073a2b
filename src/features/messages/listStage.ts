/** What the tests of the anchored list play on. */
import type { ViewWindow } from '@/stores/messages.ts'
import { AnchoredList } from './anchoredList.ts'
import type { ListContent } from './listScreen.ts'
import type { Pixels, Range } from './rowPlacement.ts'

export const VIEWPORT = 600

/** A page and an engine in one: draws, measures, scrolls and answers as they would. */
export class ListStage {
  readonly list: AnchoredList
  range: Range = { start: 0, end: 0 }
  top: Pixels = 0
  trackHeight: Pixels = 0
  scrollTop: Pixels = 0
  state = { isAtEnd: true, unseen: 0 }
  asked: ViewWindow | undefined
  content: ListContent = { first: 0, count: 0, from: 0, rows: [], cleared: 0 }
  /** The first rows of the log that are gone. */
  gone = 0
  total = 0
  cleared = 0
  heightOf = (seq: number): Pixels => 40 + ((seq * 37) % 160)
  #needsDrawing = false
  /** The rows that were gone when something was asked for last: its indexes count from there. */
  #askedAt = 0

  constructor() {
    this.list = new AnchoredList({
      draw: (range) => {
        this.range = range
        this.#needsDrawing = true
      },
      moveTo: (top) => (this.top = top),
      setThumb: (height, scrollTop) => {
        this.trackHeight = height
        this.scrollTop = Math.max(0, Math.min(scrollTop ?? this.scrollTop, this.room))
        return this.scrollTop
      },
      ask: (window) => {
        this.asked = window
        this.#askedAt = this.content.first
      },
      tell: (state) => (this.state = state),
    })
    this.list.resize(VIEWPORT)
    this.list.reset()
  }

  get room(): Pixels {
    return this.trackHeight - VIEWPORT
  }

  get count(): number {
    return this.total - this.gone
  }

  /** What the browser does before it paints. */
  paint(): void {
    for (let round = 0; this.#needsDrawing; round += 1) {
      if (round > 50) throw new Error('The list never comes to rest')
      this.#needsDrawing = false
      this.list.drew(this.drawnSeqs().map(this.heightOf))
    }
  }

  /** The engine's answer to what was asked last. */
  answer(): void {
    const window = this.asked ?? { last: 0 }
    const { count } = this
    const inRange = (index: number) => Math.max(0, Math.min(index, count))
    const shift = this.#askedAt - this.gone
    const from = inRange('last' in window ? count - window.last : window.from + shift)
    const to = inRange('last' in window ? count : window.to + shift)
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, at) => ({
      seq: this.gone + from + at,
    }))
    this.content = { first: this.gone, count, from, rows, cleared: this.cleared }
    this.list.receive(this.content)
    this.paint()
  }

  /** Answers until nothing more is asked for. */
  settle(): void {
    let last: ViewWindow | undefined
    do {
      last = this.asked
      this.answer()
    } while (this.asked !== last)
  }

  add(rows: number): void {
    this.total += rows
    this.settle()
  }

  scrollBy(distance: Pixels): void {
    this.scrollTop = Math.max(0, Math.min(this.scrollTop + distance, this.room))
    this.list.scroll(this.scrollTop)
    this.paint()
    this.settle()
  }

  rest(): void {
    this.list.rest()
    this.paint()
  }

  drawnSeqs(): number[] {
    const { start, end } = this.range
    const { from, rows } = this.content
    return rows.slice(start - from, end - from).map(({ seq }) => seq)
  }

  /** Where each row is that can be seen. */
  seen(): Map<number, Pixels> {
    const seen = new Map<number, Pixels>()
    let y = this.top
    for (const seq of this.drawnSeqs()) {
      const height = this.heightOf(seq)
      if (y < VIEWPORT && y + height > 0) seen.set(seq, Math.round(y * 1000) / 1000)
      y += height
    }
    return seen
  }

  get bottom(): Pixels {
    return this.drawnSeqs().reduce((y, seq) => y + this.heightOf(seq), this.top)
  }
}
