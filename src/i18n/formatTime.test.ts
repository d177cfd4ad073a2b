import { expect, test } from 'vitest'
import { formatClock, formatDay, isSameDay } from './formatTime.ts'

const now = new Date(2026, 2, 30, 0, 30).getTime()

test('[PV15] a time of day has milliseconds', () => {
  expect(formatClock(new Date(2026, 0, 2, 3, 4, 5, 6).getTime())).toBe('03:04:05.006')
  expect(formatClock(new Date(2026, 0, 2, 0, 0, 0, 0).getTime())).toBe('00:00:00.000')
})

test('[PV15] a day is named as people name it', () => {
  expect(formatDay(now, now)).toBe('Today')
  expect(formatDay(new Date(2026, 2, 29, 0, 0).getTime(), now)).toBe('Yesterday')
  expect(formatDay(new Date(2026, 2, 28, 23, 59, 59, 999).getTime(), now)).toBe(
    'Saturday, March 28, 2026',
  )
  expect(isSameDay(now, now - 31 * 60_000)).toBe(false)
})
