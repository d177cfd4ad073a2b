import type { EpochMs, Milliseconds } from '../../src/core/units.ts'
import type { Clock } from '../clock.ts'

type Timer = { at: EpochMs; action: () => void }

/** A clock that stands still until it is told how much time has passed. */
export class ManualClock implements Clock {
  #now: EpochMs = 1_700_000_000_000
  readonly #timers = new Set<Timer>()

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size
  }

  now(): EpochMs {
    return this.#now
  }

  after(wait: Milliseconds, action: () => void): Timer {
    const timer = { at: this.#now + wait, action }
    this.#timers.add(timer)
    return timer
  }

  cancel(handle: unknown): void {
    this.#timers.delete(handle as Timer)
  }

  /** Lets the time pass and everything happen that falls into it, in order. */
  advance(time: Milliseconds): void {
    const end = this.#now + time
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.at - b.at)
      if (next === undefined || next.at > end) break
      this.#timers.delete(next)
      this.#now = next.at
      next.action()
    }
    this.#now = end
  }
}
