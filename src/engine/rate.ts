import type { EpochMs, Milliseconds } from '@/core/units.ts'

const WINDOW: Milliseconds = 1_000

/** How many of something happened in the last second. */
export class Rate {
  /** What was added in the last second, oldest first. */
  #added: { at: EpochMs; count: number }[] = []

  add(count: number, now: EpochMs): void {
    if (count > 0) this.#added.push({ at: now, count })
  }

  perSecond(now: EpochMs): number {
    this.#added = this.#added.filter(({ at }) => at <= now && now - at < WINDOW)
    return this.#added.reduce((sum, { count }) => sum + count, 0)
  }
}
