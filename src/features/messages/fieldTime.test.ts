import { expect, test } from 'vitest'
import { fieldTimeOf, readFieldTime } from './fieldTime.ts'

test('[ML16] a time that is gone to is read in the zone in which times are shown', () => {
  const time = Date.UTC(2026, 2, 29, 23, 59, 59)
  expect(fieldTimeOf(time, 'utc')).toBe('2026-03-29T23:59:59')
  expect(readFieldTime('2026-03-29T23:59:59.250', 'utc')).toBe(time + 250)
  expect(readFieldTime(fieldTimeOf(time, 'local'), 'local')).toBe(time)
  expect(readFieldTime('', 'local')).toBeUndefined()
})
