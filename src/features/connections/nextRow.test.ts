import { expect, test } from 'vitest'
import { nextRow } from './nextRow.ts'

test.each([
  ['ArrowDown', 0, 1],
  ['ArrowUp', 2, 1],
  ['Home', 2, 0],
  ['End', 0, 2],
])('[UI3] %s leads from row %i of three to row %i', (key, from, to) => {
  expect(nextRow(key, from, 3)).toBe(to)
})

test.each([
  ['ArrowDown', 2, 3],
  ['ArrowUp', 0, 3],
  ['Enter', 0, 3],
  ['Home', -1, 0],
])('[UI3] %s leads nowhere from row %i of %i', (key, from, count) => {
  expect(nextRow(key, from, count)).toBeUndefined()
})
