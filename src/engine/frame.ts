import type { EpochMs, Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'

/** Two frames are at least this far apart: 30 a second are enough for numbers and rows that pass by. */
const FRAME: Milliseconds = 33

/** Gathers what should be shown, and shows it at most once in each `FRAME`, or less often. */
export class Frame {
  readonly #clock: Clock
  readonly #show: () => void
  #shownAt: EpochMs = 0
  #cancel: (() => void) | undefined
  /** When the frame that was asked for comes. */
  #due: EpochMs = 0

  constructor(clock: Clock, show: () => void) {
    this.#clock = clock
    this.#show = show
  }

  /** Asks for a frame: now if the last one is at least `distance` ago. */
  request(distance: Milliseconds = FRAME): void {
    const now = this.#clock.now()
    const since = now - this.#shownAt
    // A clock that was set back must not make the next frame wait for it.
    const wait = since < 0 || since >= distance ? 0 : distance - since
    if (this.#cancel && this.#due <= now + wait) return
    this.#cancel?.()
    this.#due = now + wait
    this.#cancel = this.#clock.after(wait, () => {
      this.#cancel = undefined
      this.#shownAt = this.#clock.now()
      this.#show()
    })
  }

  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
  }
}
