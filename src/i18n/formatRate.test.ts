import { expect, test } from 'vitest'
import { formatRate } from './formatRate.ts'

test.each([
  [0, '0'],
  [0.001, '<0.1'],
  [0.05, '0.1'],
  [0.44, '0.4'],
  [57.55, '57.6'],
  [99.94, '99.9'],
  [99.96, '100'],
  [1_204.4, '1,204'],
])('[BS9] a rate of %d is shown as %s', (rate, expected) => {
  expect(formatRate(rate)).toBe(expected)
})
