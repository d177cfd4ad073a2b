import { expect, test } from 'vitest'
import { rowsToAsk } from './rowsToAsk.ts'

test('[ML9] a list that follows its end asks for the newest rows, once', () => {
  const asked = rowsToAsk(undefined, 'end', 1_000, 10)
  expect(asked).toEqual({ last: 30 })
  expect(rowsToAsk(asked, 'end', 2_000, 12)).toBe(asked)
  expect(rowsToAsk(asked, 'end', 2_000, 20)).toEqual({ last: 60 })
})

test('[ML9] a list that does not asks for two screens around what is drawn', () => {
  const asked = rowsToAsk({ last: 30 }, { start: 100, end: 110 }, 1_000, 10)
  expect(asked).toEqual({ from: 80, to: 130 })
  expect(rowsToAsk(asked, { start: 95, end: 105 }, 1_000, 10)).toBe(asked)
  expect(rowsToAsk(asked, { start: 85, end: 95 }, 1_000, 10)).toEqual({ from: 65, to: 115 })
})

test('[ML9] nothing is asked for beyond the ends', () => {
  const asked = { from: 0, to: 40 }
  expect(rowsToAsk(asked, { start: 0, end: 30 }, 35, 10)).toBe(asked)
  expect(rowsToAsk(asked, { start: 0, end: 30 }, 41, 20)).toEqual({ from: 0, to: 70 })
})
