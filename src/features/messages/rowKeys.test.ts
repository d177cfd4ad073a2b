import { expect, test } from 'vitest'
import { keysFor, type RowKeys } from './rowKeys.ts'

const nobody = () => false
const NONE: RowKeys = new Map()

test('[ML13] a row that stays keeps its element, and a new one takes that of one that went', () => {
  const first = keysFor([10, 11, 12], NONE, nobody)
  expect([...first]).toEqual([
    [10, 0],
    [11, 1],
    [12, 2],
  ])
  const scrolled = keysFor([11, 12, 13], first, nobody)
  expect([...scrolled.values()]).toEqual([1, 2, 0])
  const flooded = keysFor([90, 91, 92, 93], scrolled, nobody)
  expect([...flooded.values()]).toEqual([1, 2, 0, 3])
})

test('[ML13] an element that has the focus shows no other row', () => {
  const first = keysFor([10, 11], NONE, nobody)
  const next = keysFor([20, 21], first, (seq) => seq === 10)
  expect([...next.values()]).toEqual([1, 2])
})
