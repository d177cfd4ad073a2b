import { expect, test } from 'vitest'
import { SPARK_HEIGHT, sparkLines } from './sparkLines.ts'

const frame = { from: 0, until: 10, top: 4 }

test('[BS9] a line has its points where they belong, and breaks where nothing is known', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 5, y: 4 },
    { x: 5, y: undefined },
    { x: 8, y: undefined },
    { x: 10, y: 2 },
  ]
  expect(sparkLines(points, frame)).toEqual([
    [
      [0, SPARK_HEIGHT],
      [50, 0],
    ],
    [
      [99, SPARK_HEIGHT / 2],
      [100, SPARK_HEIGHT / 2],
    ],
  ])
})

test('[BS9] nothing leaves the picture upwards, and nothing is divided by zero', () => {
  expect(sparkLines([], frame)).toEqual([])
  const points = [
    { x: 0, y: 9 },
    { x: 10, y: -1 },
  ]
  expect(sparkLines(points, frame)).toEqual([
    [
      [0, 0],
      [100, SPARK_HEIGHT],
    ],
  ])
  const still = sparkLines([{ x: 3, y: 0 }], { from: 3, until: 3, top: 0 })
  expect(still.flat(2).every(Number.isFinite)).toBe(true)
})
