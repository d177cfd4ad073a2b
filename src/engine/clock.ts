import type { EpochMs, Milliseconds } from '@/core/units.ts'

/** Where the engine takes its time from, so that a test can make half a minute pass at once. */
export interface Clock {
  now(): EpochMs
  /** Runs `action` once, after at least `wait`. The function that it returns cancels it. */
  after(wait: Milliseconds, action: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(wait, action) {
    const timer = setTimeout(action, wait)
    return () => clearTimeout(timer)
  },
}
