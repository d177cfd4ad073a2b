import type { Milliseconds, Seconds } from './units.ts'

/** Shorter time-outs for idle links are not in use, and shorter silences say nothing. */
const SHORTEST: Milliseconds = 5_000

/** What is known of the silences of a connection, in which nothing passed either way. */
export type Silences = {
  /** When something passed last, by a clock that only goes forward. */
  since: Milliseconds
  /** The longest that the connection has survived. */
  longest: Milliseconds
}

/** The silences after something has passed at `now`. */
export function broken({ since, longest }: Silences, now: Milliseconds): Silences {
  return { since: now, longest: Math.max(longest, now - since) }
}

/**
 * For how long the connection was idle when it was cut, or undefined when that is not why: whoever cuts
 * idle links would have done so in a silence that was as long before. `keepAlive` is the one in force; a
 * silence that is longer lets no ping out, so the machine slept or hung (0: there are no pings).
 */
export function idleWhenCut(
  { since, longest }: Silences,
  now: Milliseconds,
  keepAlive: Seconds,
): Milliseconds | undefined {
  const silence = now - since
  const hasSlept = keepAlive > 0 && silence > keepAlive * 1_000
  return silence >= SHORTEST && silence > longest && !hasSlept ? silence : undefined
}

/** A Keep Alive that breaks a silence of this length before its end: pings go out at three quarters of it. */
export function keepAliveBelow(idle: Milliseconds): Seconds {
  return Math.floor(idle / 1_000)
}
