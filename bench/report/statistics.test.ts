import { describe, expect, it } from 'vitest'
import { median, medians, quantile, slope } from './statistics.ts'

describe('statistics', () => {
  it('takes the middle value, or the mean of two', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(median([4, 1, 2, 3])).toBe(2.5)
    expect(median([])).toBeNaN()
  })

  it('finds quantiles between neighbours', () => {
    expect(quantile([10, 20, 30, 40, 50], 0)).toBe(10)
    expect(quantile([10, 20, 30, 40, 50], 0.95)).toBeCloseTo(48)
    expect(quantile([10, 20, 30, 40, 50], 1)).toBe(50)
  })

  it('fits a line', () => {
    const points = [0, 1, 2, 3].map((x) => [x, 5 - 2 * x] as const)
    expect(slope(points)).toBeCloseTo(-2)
    expect(slope([[1, 1]])).toBeNaN()
  })

  it('takes the median of each figure over the rounds that have it', () => {
    expect(medians([{ a: 1, b: 7 }, { a: 3 }, { a: 2 }])).toEqual({ a: 2, b: 7 })
  })

  it('hides no fault of a single round', () => {
    expect(medians([{ lost: 0 }, { lost: -2 }, { lost: 1 }], ['lost'])).toEqual({ lost: -2 })
  })
})
