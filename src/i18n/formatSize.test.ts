import { expect, test } from 'vitest'
import { formatSize } from './formatSize.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [1_249, '1.2 kB'],
  [99_960, '100 kB'],
  [999_500, '1 MB'],
  [350_000_000, '350 MB'],
])('[PV14] %i bytes are shown as %s', (bytes, expected) => {
  expect(formatSize(bytes)).toBe(expected)
})
