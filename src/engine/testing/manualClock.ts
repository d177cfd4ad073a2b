import type { EpochMs, Milliseconds } from '@/core/units.ts'
import type { Clock } from '../clock.ts'

/** A clock that stands still until a test moves it. */
export class ManualClock implements Clock {
  #now: EpochMs
  #alarms: { at: EpochMs; action: () => void }[] = []

  constructor(now: EpochMs = 1_700_000_000_000) {
    this.#now = now
  }

  now(): EpochMs {
    return this.#now
  }

  after(wait: Milliseconds, action: () => void): () => void {
    const alarm = { at: this.#now + Math.max(0, wait), action }
    this.#alarms.push(alarm)
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm)
    }
  }

  /** Lets time pass, and everything happen in it that was to happen, in order. */
  pass(time: Milliseconds): void {
    const end = this.#now + time
    for (;;) {
      const due = this.#alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)
      const [next] = due
      if (!next) break
      this.#alarms = this.#alarms.filter((other) => other !== next)
      this.#now = Math.max(this.#now, next.at)
      next.action()
    }
    this.#now = end
  }

  get waiting(): number {
    return this.#alarms.length
  }
}
