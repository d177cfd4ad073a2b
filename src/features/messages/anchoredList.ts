import { AskedRows, rowsPerScreen } from './askedRows.ts'
import { loadedRange, seqAt, type ListContent, type ListScreen } from './listScreen.ts'
import { ReaderPlace } from './readerPlace.ts'
import { RowHeights } from './rowHeights.ts'
import {
  placeRows,
  rowsToDraw,
  type DrawnRows,
  type Hold,
  type Pixels,
  type Placement,
  type Range,
} from './rowPlacement.ts'
import { holdAt, thumbFor, type Scrolling, type Track } from './scrollTrack.ts'

const NOTHING: ListContent = { first: 0, count: 0, from: 0, rows: [], cleared: 0 }

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
  readonly #place = new ReaderPlace()
  readonly #asked = new AskedRows()
  #content = NOTHING
  #drawn: Range = { start: 0, end: 0 }
  #drawnContent = NOTHING
  #viewport: Pixels = 0
  #scrolling: Scrolling = 'resting'
  #rowHeight = this.#heights.mean
  #scrollTop: Pixels = 0

  constructor(screen: ListScreen) {
    this.#screen = screen
  }

  /** Starts at the end of another list, whose rows are asked for. */
  reset(): void {
    this.#content = NOTHING
    this.#asked.forget()
    this.#heights.clear()
    this.#place.forget()
    this.#draw()
    this.#askForRows()
  }

  /** The row that must not get lost; undefined while the list follows its end. */
  get heldIndex(): number | undefined {
    return this.#place.heldIndex
  }

  receive(content: ListContent): void {
    this.#place.follow(this.#content, content)
    this.#asked.moveUp(content.first - this.#content.first)
    this.#content = content
    this.#draw()
  }

  /** The heights of the rows that were just drawn, or have changed theirs, in order. */
  drew(heights: readonly Pixels[]): void {
    const { start, end } = this.#drawn
    if (heights.length !== end - start) return
    for (const [position, height] of heights.entries()) {
      const seq = seqAt(this.#content, start + position)
      if (seq !== undefined) this.#heights.set(seq, height)
    }
    this.#arrange()
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
    this.#asked.forget()
    this.#askForRows()
  }

  /** A busy reader's rows stay where they are, at the end too. */
  setBusy(isBusy: boolean): void {
    this.#place.isBusy = isBusy
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
    this.#place.goTo(holdAt(scrollTop, this.#track(), this.#heightOf), distance > 0)
    this.#draw()
  }

  rest(): void {
    this.#scrolling = 'resting'
    if (this.#isMeasured()) this.#arrange()
  }

  /** Moves the content up by `distance`, as a scroll down does. */
  moveBy(distance: Pixels): void {
    if (this.#place.moveBy(distance)) this.#draw()
  }

  goToStart(): void {
    this.#place.goToStart()
    this.#draw()
  }

  /** Puts row `index` at the upper edge, as far as the rows behind it fill the viewport. */
  goTo(index: number): void {
    const isThere = index < this.#content.count
    this.#place.goTo(isThere ? { index: Math.max(0, index), offset: 0 } : 'end', true)
    this.#draw()
  }

  goToEnd(): void {
    this.#place.goTo('end', true)
    this.#draw()
  }

  // --- inside -------------------------------------------------------------------------------

  readonly #heightOf = (index: number): Pixels => {
    const seq = seqAt(this.#content, index)
    return (seq === undefined ? undefined : this.#heights.get(seq)) ?? this.#rowHeight
  }

  #track(): Track {
    const { count } = this.#content
    return { count, rowHeight: this.#rowHeight, viewport: this.#viewport }
  }

  #draw(): void {
    if (this.#viewport === 0) return
    this.#show(this.#rowsToDraw(this.#place.target(this.#content)))
  }

  #rowsToDraw(hold: Hold): Range {
    return rowsToDraw(hold, loadedRange(this.#content), this.#heightOf, this.#viewport)
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
    if (this.#isMeasured()) this.#arrange()
  }

  #isMeasured(): boolean {
    for (let index = this.#drawn.start; index < this.#drawn.end; index += 1) {
      if (this.#heights.get(seqAt(this.#content, index) ?? -1) === undefined) return false
    }
    return true
  }

  /** Puts the drawn rows where they belong, and what follows from that. */
  #arrange(): void {
    if (this.#viewport === 0) return
    const content = this.#content
    const target = this.#place.target(content)
    const { start, end } = this.#drawn
    const heights = Array.from({ length: end - start }, (_, at) => this.#heightOf(start + at))
    const rows = { start, heights }
    const placement = placeRows(target, rows, this.#viewport)
    if (this.#reachFurther(target, placement)) return
    this.#screen.moveTo(placement.top)
    const shown = { content, drawn: this.#drawn, viewport: this.#viewport }
    this.#place.settle(target, placement, shown)
    const unseen = this.#place.unseenOf(content)
    this.#screen.tell({ isAtEnd: this.#place.hold === 'end' && unseen === 0, unseen })
    // While rows are on their way the thumb stays where the reader put it.
    if (!this.#place.isWaiting(content)) this.#setThumb(target, rows, placement)
    this.#askForRows()
  }

  /** Draws more rows when those that are drawn turned out too low to fill the viewport. */
  #reachFurther(target: Hold, { missing }: Placement): boolean {
    const loaded = loadedRange(this.#content)
    const { start, end } = this.#drawn
    const hasMore =
      (missing.above > 0 && start > loaded.start) || (missing.below > 0 && end < loaded.end)
    if (!hasMore) return false
    const next = this.#rowsToDraw(target)
    if (next.start === start && next.end === end) return false
    this.#show(next)
    return true
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
    const perScreen = rowsPerScreen(this.#viewport, this.#rowHeight)
    const window = this.#asked.next(this.#rowsWanted(perScreen), this.#content.count, perScreen)
    if (window) this.#screen.ask(window)
  }

  #rowsWanted(perScreen: number): Range | 'end' {
    const { hold, isBusy } = this.#place
    if (hold === 'end') return isBusy ? this.#drawn : 'end'
    const isThere = seqAt(this.#content, hold.index) !== undefined
    return isThere ? this.#drawn : { start: hold.index, end: hold.index + perScreen }
  }
}
