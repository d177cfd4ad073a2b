import type { Seq } from '@/core/units.ts'
import { loadedRange, seqAt, type ListContent } from './listScreen.ts'
import type { Anchor, Hold, Pixels, Placement, Range } from './rowPlacement.ts'

const START: Anchor = { index: 0, offset: 0 }

/** Rows as they were placed: which ones, in which list, and how high the viewport is. */
export type Shown = { drawn: Range; content: ListContent; viewport: Pixels }

/**
 * Where the reader of a list is: the row that must stay where it is, or the end of the list, and how far
 * they have seen. It stays with the same rows while others come and go.
 */
export class ReaderPlace {
  /** A busy reader's rows stay where they are, at the end too. */
  isBusy = false
  #hold: Hold = 'end'
  /** The uppermost row that is seen; `#hold` is another one while its rows are on their way. */
  #anchor = START
  /** Tells where the anchor went when rows above it are gone. */
  #anchorSeq: Seq | undefined
  #seenEnd = 0
  #isMovingDown = true

  /** What the reader wants to see, also where its rows have not come. */
  get hold(): Hold {
    return this.#hold
  }

  /** The row that must not get lost; undefined while the list follows its end. */
  get heldIndex(): number | undefined {
    if (this.#hold !== 'end') return this.#hold.index
    return this.isBusy ? this.#anchor.index : undefined
  }

  /** How many rows of a list are below the lowest one that was ever seen. */
  unseenOf({ count }: ListContent): number {
    return count - this.#seenEnd
  }

  /** Another list, which begins at its end. */
  forget(): void {
    this.#hold = 'end'
    this.#anchor = START
    this.#anchorSeq = undefined
    this.#seenEnd = 0
  }

  /** The reader goes to another place, down the list or up. */
  goTo(hold: Hold, isMovingDown: boolean): void {
    this.#isMovingDown = isMovingDown
    this.#hold = hold
  }

  goToStart(): void {
    this.goTo(START, false)
  }

  /** Moves the rows up by `distance`, as a scroll down does. Returns whether they move. */
  moveBy(distance: Pixels): boolean {
    this.#isMovingDown = distance > 0
    if (this.#hold === 'end' && this.#isMovingDown) return false
    const { index, offset } = this.#hold === 'end' ? this.#anchor : this.#hold
    this.#hold = { index, offset: offset - distance }
    return true
  }

  /** The list is another one now, of the same rows as far as they are still there. */
  follow(before: ListContent, now: ListContent): void {
    if (now.cleared !== before.cleared) this.forget()
    this.#moveUp(now.first - before.first)
    this.#followAnchor(now)
    this.#seenEnd = Math.min(this.#seenEnd, now.count)
  }

  /** What can be held on to now. Until rows that are wanted have come, that is what is seen already. */
  target(content: ListContent): Hold {
    if (this.#hold === 'end') {
      const canFollow = !this.isBusy && loadedRange(content).end === content.count
      return canFollow ? 'end' : this.#anchor
    }
    const isThere = seqAt(content, this.#hold.index) !== undefined
    return isThere || seqAt(content, this.#anchor.index) === undefined ? this.#hold : this.#anchor
  }

  /** Whether what is held on to is not among the rows that are loaded. */
  isWaiting(content: ListContent): boolean {
    if (this.#hold === 'end') return loadedRange(content).end !== content.count
    return seqAt(content, this.#hold.index) === undefined
  }

  /**
   * The rows were placed by `target` and are seen now. A reader who has moved down as far as the rows go
   * is at the end from now on.
   */
  settle(
    target: Hold,
    { anchor, top, bottom, seenEnd }: Placement,
    { drawn, content, viewport }: Shown,
  ): void {
    this.#anchor = anchor
    this.#anchorSeq = seqAt(content, anchor.index)
    this.#seenEnd = Math.max(this.#seenEnd, seenEnd)
    if (target === 'end' || target !== this.#hold || this.isWaiting(content)) return
    const isEndSeen = drawn.end === content.count && bottom <= viewport + 1
    const isAllSeen = isEndSeen && drawn.start === 0 && top >= 0
    this.#hold = isAllSeen || (isEndSeen && this.#isMovingDown) ? 'end' : anchor
  }

  /** Rows at the start are gone, so that all others have lower indexes. */
  #moveUp(rows: number): void {
    if (rows === 0) return
    const moved = ({ index, offset }: Anchor): Anchor =>
      index < rows ? START : { index: index - rows, offset }
    this.#anchor = moved(this.#anchor)
    if (this.#hold !== 'end') this.#hold = moved(this.#hold)
    this.#seenEnd = Math.max(0, this.#seenEnd - rows)
  }

  #followAnchor(content: ListContent): void {
    const seq = this.#anchorSeq
    const { from, rows, count } = content
    if (seq !== undefined && seqAt(content, this.#anchor.index) !== seq) {
      const found = rows.findIndex((row) => row.seq === seq)
      const shift = found === -1 ? 0 : from + found - this.#anchor.index
      this.#anchor = { ...this.#anchor, index: this.#anchor.index + shift }
      if (this.#hold !== 'end') this.#hold = { ...this.#hold, index: this.#hold.index + shift }
      this.#seenEnd += shift
    }
    if (this.#hold !== 'end' && this.#hold.index >= count) this.#hold = 'end'
  }
}
