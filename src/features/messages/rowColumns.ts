import type { Pixels } from './rowPlacement.ts'

/** A bubble is at most 40 rem wide, and this much of it, and of what is around it, is not payload. */
const MAX_BUBBLE: Pixels = 640
const AROUND_BUBBLE: Pixels = 56
const AROUND_PAYLOAD: Pixels = 28

/** A character of the 12 px monospace fonts that systems have is about this wide. */
const CHARACTER: Pixels = 7.25

/** How many characters of payload fit in one line of a message, in a list as wide as this. */
export function columnsIn(width: Pixels): number {
  const bubble = Math.min(MAX_BUBBLE, width - AROUND_BUBBLE)
  return Math.max(20, Math.floor((bubble - AROUND_PAYLOAD) / CHARACTER))
}
