import type { ViewContent } from '@/stores/messages.ts'

/**
 * `next`, with the rows of `current` in place of its own when it does not have row `index` of `current`:
 * what the reader is at stays on the screen until an answer brings it again. In a flood the newest rows
 * are others each time, so that one late answer would take a pressed row away. Where the row itself has
 * left the log, or `index` is undefined because nothing is held, it is `next` as it is.
 */
export function keepRows(
  current: ViewContent | undefined,
  next: ViewContent,
  index: number | undefined,
): ViewContent {
  if (!current || index === undefined || current.cleared !== next.cleared) return next
  const shift = next.first - current.first
  const wanted = index - shift
  const isThere = wanted >= next.from && wanted < next.from + next.rows.length
  const from = current.from - shift
  const isGone = from < 0 || from + current.rows.length > next.count
  if (isThere || isGone) return next
  return { ...next, from, rows: current.rows }
}
