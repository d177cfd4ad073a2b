import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LONGEST_WAIT, retryDelay, SHORTEST_WAIT } from './retry.ts'

test('[RT1] the wait doubles with each attempt', () => {
  expect([1, 2, 3, 4].map((attempt) => retryDelay(attempt, 2_000, 0.5))).toEqual([
    2_000, 4_000, 8_000, 16_000,
  ])
})

test('[RT1] the wait stays between 1 s and 30 s and varies by at most a fifth', () => {
  const random = fc.double({ min: 0, max: 0.999, noNaN: true })
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000 }),
      fc.nat(120_000),
      random,
      (attempt, first, at) => {
        const wait = retryDelay(attempt, first, at)
        expect(wait).toBeGreaterThanOrEqual(SHORTEST_WAIT)
        expect(wait).toBeLessThanOrEqual(LONGEST_WAIT)
        const plain = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, first * 2 ** (attempt - 1)))
        expect(Math.abs(wait - plain)).toBeLessThanOrEqual(plain * 0.2 + 1)
      },
    ),
  )
})
