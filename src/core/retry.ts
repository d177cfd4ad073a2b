import type { Milliseconds } from './units.ts'

/** No wait before a retry is shorter, so that a broker that refuses at once is not hammered. */
export const SHORTEST_WAIT: Milliseconds = 1_000

export const LONGEST_WAIT: Milliseconds = 30_000

/** Each wait varies by this share, so that clients cut off together do not come back together. */
const JITTER = 0.2

/**
 * How long to wait before retry number `attempt` (1 for the first): `first` doubles with each attempt,
 * varies by ± 20 % and stays between 1 s and 30 s. `random` is at least 0 and below 1.
 */
export function retryDelay(attempt: number, first: Milliseconds, random: number): Milliseconds {
  // Beyond 2^16 every first wait is above the longest one; the cap keeps the power finite.
  const doubled = first * 2 ** Math.min(attempt - 1, 16)
  const varied = doubled * (1 - JITTER + 2 * JITTER * random)
  return Math.round(Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, varied)))
}
