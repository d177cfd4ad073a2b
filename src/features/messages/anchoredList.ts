import type { Seq } from '@/core/units.ts'
import type { ViewWindow } from '@/stores/messages.ts'
import type { ListContent, ListScreen } from './listScreen.ts'
import { RowHeights } from './rowHeights.ts'
import {
  placeRows,
  rowsToDraw,
  type Anchor,
  type DrawnRows,
  type Hold,
  type Pixels,
  type Placement,
  type Range,
} from './rowPlacement.ts'
import { rowsToAsk } from './rowsToAsk.ts'
import { holdAt, thumbFor, type Scrolling, type Track } from './scrollTrack.ts'

const NOTHING: ListContent = { first: 0, count: 0, from: 0, rows: [], cleared: 0 }
const START: Anchor = { index: 0, offset: 0 }

/**
 * A virtual list that holds on to a row. The scroll position is never read as a place in the content:
 * a short scroll moves the content by as many pixels, a long one (the thumb was dragged) names a row,
 * and afterwards the thumb is put where the content is. Rows are measured after they are drawn and
 * before they are painted, so a guessed height is never seen.
 *
 * Knows neither DOM nor Vue: `useAnchoredList` gives it both.
 */
export class AnchoredList {
  readonly #screen: ListScreen
  readonly #heights = new RowHeights()
  #content = NOTHING
  #drawn: Range = { start: 0, end: 0 }
  #drawnContent = NOTHING
  #viewport: Pixels = 0
  #hold: Hold = 'end'
  /** The uppermost row that is seen; `#hold` is another one while its rows are on their way. */
  #anchor = START
  /** Tells where the anchor went when rows above it are gone. */
  #anchorSeq: Seq | undefined
  #seenEnd = 0
  #isBusy = false
  #isMovingDown = true
  #scrolling: Scrolling = 'resting'
  #rowHeight = this.#heights.mean
  #scrollTop: Pixels = 0
  #asked: ViewWindow | undefined

  constructor(screen: ListScreen) {
    this.#screen = screen
  }

  /** Starts at the end of another list, whose rows are asked for. */
  reset(): void {
    this.#content = NOTHING
    this.#asked = undefined
    this.#heights.clear()
    this.#forgetPlace()
    this.#draw()
    this.#askForRows()
  }

  /** The row that must not get lost; undefined while the list follows its end. */
  get heldIndex(): number | undefined {
    if (this.#hold !== 'end') return this.#hold.index
    return this.#isBusy ? this.#anchor.index : undefined
  }

  receive(content: ListContent): void {
    if (content.cleared !== this.#content.cleared) this.#forgetPlace()
    this.#moveUp(content.first - this.#content.first)
    this.#content = content
    this.#followAnchor()
    this.#seenEnd = Math.min(this.#seenEnd, content.count)
    this.#draw()
  }

  /** The heights of the rows that were just drawn, or have changed theirs, in order. */
  drew(heights: readonly Pixels[]): void {
    const { start, end } = this.#drawn
    if (heights.length !== end - start) return
    for (const [position, height] of heights.entries()) {
      const seq = this.#seqAt(start + position)
      if (seq !== undefined) this.#heights.set(seq, height)
    }
    this.#place()
  }

  resize(viewport: Pixels): void {
    this.#viewport = viewport
    this.#draw()
  }

  /** All rows will be drawn in another way, so that their heights are not known any more. */
  forgetHeights(): void {
    this.#heights.clear()
  }

  /** The rows that are loaded lack something: asks for them again. */
  askAgain(): void {
    this.#asked = undefined
    this.#askForRows()
  }

  /** A busy reader's rows stay where they are, at the end too. */
  setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy
    this.#draw()
  }

  /** The browser has moved the thumb by itself, because the track or the viewport changed. */
  shiftThumb(scrollTop: Pixels): void {
    this.#scrollTop = scrollTop
  }

  /** The reader takes the thumb itself; `rest` follows when it is let go. */
  holdThumb(): void {
    this.#scrolling = 'held'
  }

  /** The reader has scrolled; `rest` follows when that stops. */
  scroll(scrollTop: Pixels): void {
    const distance = scrollTop - this.#scrollTop
    this.#scrollTop = scrollTop
    if (distance === 0) return
    const isHeld = this.#scrolling === 'held'
    if (!isHeld) this.#scrolling = 'moving'
    const isWhole = this.#drawn.start === 0 && this.#drawn.end === this.#content.count
    const isShort = Math.abs(distance) <= 2 * this.#viewport
    if (isWhole || (isShort && !isHeld)) {
      this.moveBy(distance)
      return
    }
    this.#isMovingDown = distance > 0
    this.#hold = holdAt(scrollTop, this.#track(), this.#heightOf)
    this.#draw()
  }

  rest(): void {
    this.#scrolling = 'resting'
    if (this.#isMeasured()) this.#place()
  }

  /** Moves the content up by `distance`, as a scroll down does. */
  moveBy(distance: Pixels): void {
    this.#isMovingDown = distance > 0
    if (this.#hold === 'end' && this.#isMovingDown) return
    const { index, offset } = this.#hold === 'end' ? this.#anchor : this.#hold
    this.#hold = { index, offset: offset - distance }
    this.#draw()
  }

  goToStart(): void {
    this.#isMovingDown = false
    this.#hold = START
    this.#draw()
  }

  /** Puts row `index` at the upper edge, as far as the rows behind it fill the viewport. */
  goTo(index: number): void {
    this.#isMovingDown = true
    this.#hold = index < this.#content.count ? { index: Math.max(0, index), offset: 0 } : 'end'
    this.#draw()
  }

  goToEnd(): void {
    this.#isMovingDown = true
    this.#hold = 'end'
    this.#draw()
  }

  // --- inside -------------------------------------------------------------------------------

  #loaded(): Range {
    return { start: this.#content.from, end: this.#content.from + this.#content.rows.length }
  }

  #seqAt(index: number): Seq | undefined {
    return this.#content.rows[index - this.#content.from]?.seq
  }

  readonly #heightOf = (index: number): Pixels => {
    const seq = this.#seqAt(index)
    return (seq === undefined ? undefined : this.#heights.get(seq)) ?? this.#rowHeight
  }

  #track(): Track {
    const { count } = this.#content
    return { count, rowHeight: this.#rowHeight, viewport: this.#viewport }
  }

  /** What can be held on to now. Until rows that are wanted have come, that is what is seen already. */
  #held(): Hold {
    if (this.#hold === 'end') {
      const canFollow = !this.#isBusy && this.#loaded().end === this.#content.count
      return canFollow ? 'end' : this.#anchor
    }
    const isThere = this.#seqAt(this.#hold.index) !== undefined
    return isThere || this.#seqAt(this.#anchor.index) === undefined ? this.#hold : this.#anchor
  }

  #forgetPlace(): void {
    this.#hold = 'end'
    this.#anchor = START
    this.#anchorSeq = undefined
    this.#seenEnd = 0
  }

  /** Rows at the start are gone, so that all others have lower indexes. */
  #moveUp(rows: number): void {
    if (rows === 0) return
    const moved = ({ index, offset }: Anchor): Anchor =>
      index < rows ? START : { index: index - rows, offset }
    this.#anchor = moved(this.#anchor)
    if (this.#hold !== 'end') this.#hold = moved(this.#hold)
    this.#seenEnd = Math.max(0, this.#seenEnd - rows)
    if (this.#asked && 'from' in this.#asked) {
      this.#asked = { from: this.#asked.from - rows, to: this.#asked.to - rows }
    }
  }

  #followAnchor(): void {
    const seq = this.#anchorSeq
    const { from, rows, count } = this.#content
    if (seq !== undefined && this.#seqAt(this.#anchor.index) !== seq) {
      const found = rows.findIndex((row) => row.seq === seq)
      const shift = found === -1 ? 0 : from + found - this.#anchor.index
      this.#anchor = { ...this.#anchor, index: this.#anchor.index + shift }
      if (this.#hold !== 'end') this.#hold = { ...this.#hold, index: this.#hold.index + shift }
      this.#seenEnd += shift
    }
    if (this.#hold !== 'end' && this.#hold.index >= count) this.#hold = 'end'
  }

  #draw(): void {
    if (this.#viewport === 0) return
    this.#show(rowsToDraw(this.#held(), this.#loaded(), this.#heightOf, this.#viewport))
  }

  #show(range: Range): void {
    const isDrawn =
      range.start === this.#drawn.start &&
      range.end === this.#drawn.end &&
      this.#drawnContent === this.#content
    this.#drawn = range
    this.#drawnContent = this.#content
    if (!isDrawn) this.#screen.draw(range)
    // Otherwise the place must wait for the heights: a guess would become the truth.
    if (this.#isMeasured()) this.#place()
  }

  #isMeasured(): boolean {
    for (let index = this.#drawn.start; index < this.#drawn.end; index += 1) {
      if (this.#heights.get(this.#seqAt(index) ?? -1) === undefined) return false
    }
    return true
  }

  #place(): void {
    if (this.#viewport === 0) return
    const target = this.#held()
    const { start, end } = this.#drawn
    const heights = Array.from({ length: end - start }, (_, at) => this.#heightOf(start + at))
    const rows = { start, heights }
    const placement = placeRows(target, rows, this.#viewport)
    if (this.#reachFurther(target, placement)) return
    this.#screen.moveTo(placement.top)
    this.#settle(target, placement)
    // While rows are on their way the thumb stays where the reader put it.
    if (!this.#isWaiting()) this.#setThumb(target, rows, placement)
    this.#askForRows()
  }

  /** Draws more rows when those that are drawn turned out too low to fill the viewport. */
  #reachFurther(target: Hold, { missing }: Placement): boolean {
    const loaded = this.#loaded()
    const { start, end } = this.#drawn
    const hasMore =
      (missing.above > 0 && start > loaded.start) || (missing.below > 0 && end < loaded.end)
    if (!hasMore) return false
    const next = rowsToDraw(target, loaded, this.#heightOf, this.#viewport)
    if (next.start === start && next.end === end) return false
    this.#show(next)
    return true
  }

  /** Whether what is held on to is not among the rows that are loaded. */
  #isWaiting(): boolean {
    if (this.#hold === 'end') return this.#loaded().end !== this.#content.count
    return this.#seqAt(this.#hold.index) === undefined
  }

  #settle(target: Hold, { anchor, top, bottom, seenEnd }: Placement): void {
    const { count } = this.#content
    this.#anchor = anchor
    this.#anchorSeq = this.#seqAt(anchor.index)
    this.#seenEnd = Math.max(this.#seenEnd, seenEnd)
    if (target !== 'end' && target === this.#hold && !this.#isWaiting()) {
      const isEndSeen = this.#drawn.end === count && bottom <= this.#viewport + 1
      const isAllSeen = isEndSeen && this.#drawn.start === 0 && top >= 0
      this.#hold = isAllSeen || (isEndSeen && this.#isMovingDown) ? 'end' : anchor
    }
    const unseen = count - this.#seenEnd
    this.#screen.tell({ isAtEnd: this.#hold === 'end' && unseen === 0, unseen })
  }

  #setThumb(target: Hold, rows: DrawnRows, placement: Placement): void {
    const isFollowing = target === 'end'
    const isFree = this.#scrolling === 'resting' || (isFollowing && this.#scrolling !== 'held')
    if (isFree) this.#rowHeight = this.#heights.mean
    const { height, scrollTop } = thumbFor(placement, rows, this.#track(), {
      top: this.#scrollTop,
      state: this.#scrolling,
      isFollowing,
    })
    this.#scrollTop = this.#screen.setThumb(height, scrollTop)
  }

  #askForRows(): void {
    const rowHeight = Math.min(this.#rowHeight, 72)
    const perScreen = Math.ceil(Math.max(this.#viewport, 600) / rowHeight)
    const window = rowsToAsk(
      this.#asked,
      this.#rangeWanted(perScreen),
      this.#content.count,
      perScreen,
    )
    if (window === this.#asked) return
    this.#asked = window
    this.#screen.ask(window)
  }

  #rangeWanted(perScreen: number): Range | 'end' {
    if (this.#hold === 'end') return this.#isBusy ? this.#drawn : 'end'
    const { index } = this.#hold
    const isThere = this.#seqAt(index) !== undefined
    return isThere ? this.#drawn : { start: index, end: index + perScreen }
  }
}
