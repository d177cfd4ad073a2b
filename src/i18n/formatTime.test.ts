import { expect, test } from 'vitest'
import { formatClock, formatDay, formatSince, formatSpan, isSameDay } from './formatTime.ts'

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

test('[PV16] in UTC a time has a Z, and days begin with those of UTC', () => {
  const late = Date.UTC(2026, 2, 29, 23, 59, 59, 5)
  expect(formatClock(late, 'utc')).toBe('23:59:59.005Z')
  expect(isSameDay(late, late + 1_000, 'utc')).toBe(false)
  expect(formatDay(late, late + 1_000, 'utc')).toBe('Yesterday')
  expect(formatDay(late - 86_400_000, late + 1_000, 'utc')).toBe('Saturday, March 28, 2026')
})

test.each([
  [0, '+0.000 s'],
  [1_234, '+1.234 s'],
  [59_999, '+59.999 s'],
  [125_900, '+2 min 05 s'],
  [3 * 3_600_000 + 12 * 60_000, '+3 h 12 min'],
  [4 * 86_400_000 + 7 * 3_600_000, '+4 d 07 h'],
  [-1_500, '−1.500 s'],
])('[PV16] a span of %i ms is %s', (span, words) => {
  expect(formatSince(span)).toBe(words)
})

test.each([
  [0, '0 s'],
  [45_900, '45 s'],
  [125_900, '2 min 05 s'],
  [93_784_000, '1 d 02 h'],
])('[BS8] an uptime of %i ms is %s', (span, words) => {
  expect(formatSpan(span)).toBe(words)
})
