import { expect, test } from 'vitest'
import { chartedMinutes } from './chartedMinutes.ts'

test.each([
  [[], 1],
  [[600_000], 1],
  [[540_000, 570_000], 1],
  [[539_999, 570_000], 2],
  [[479_999], 5],
  [[0], 5],
])('[BS9] points at %j are in a chart of %i minutes', (times, minutes) => {
  const points = times.map((time) => ({ time, rate: 1 }))
  expect(chartedMinutes(points, 600_000)).toBe(minutes)
})
