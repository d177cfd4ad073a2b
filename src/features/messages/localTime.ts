import type { LocalTime } from '@/core/search/readTime.ts'

/** The reader's clock and calendar, as they are now. */
export function localTime(): LocalTime {
  const now = new Date()
  return {
    now: now.getTime(),
    today: { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() },
    // Where the clocks change, hours are those that the clock on the wall shows.
    at: (year, month, day, sinceMidnight) =>
      new Date(year, month - 1, day, 0, 0, 0, sinceMidnight).getTime(),
  }
}
