import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { CHARTED, RateSeries, sumPoints } from './rateSeries.ts'

const plain = (series: RateSeries) => series.points.map(({ time, rate }) => [time, rate])

describe('the rate of a counter', () => {
  test('[BS9] is what was counted, for each second between two values', () => {
    const series = new RateSeries()
    series.count(100, 0)
    expect(plain(series)).toEqual([])
    series.count(150, 10_000)
    series.count(150, 20_000)
    series.count(153, 22_000)
    expect(plain(series)).toEqual([
      [10_000, 5],
      [20_000, 0],
      [22_000, 1.5],
    ])
  })

  test('[BS9] is unknown where the counter began anew, and never negative', () => {
    const series = new RateSeries()
    series.count(100, 0)
    series.count(110, 1_000)
    series.count(4, 2_000)
    series.count(6, 3_000)
    expect(plain(series)).toEqual([
      [1_000, 10],
      [2_000, undefined],
      [3_000, 2],
    ])
  })

  test('[BS9] is unknown across a lost connection', () => {
    const series = new RateSeries()
    series.count(100, 0)
    series.count(110, 1_000)
    series.interrupt()
    series.interrupt()
    series.count(900, 60_000)
    series.count(901, 61_000)
    expect(plain(series)).toEqual([
      [1_000, 10],
      [1_000, undefined],
      [61_000, 1],
    ])
  })

  test('[BS9] is not computed from a value of before, whose time nobody knows', () => {
    const series = new RateSeries()
    series.kept(100)
    series.count(200, 1_000)
    series.count(210, 11_000)
    expect(plain(series)).toEqual([[11_000, 1]])
  })

  test('[BS9] is not computed from two values at one time', () => {
    const series = new RateSeries()
    series.count(1, 1_000)
    series.count(5, 1_000)
    series.count(5, 900)
    expect(plain(series)).toEqual([])
  })

  test('[BS9] goes back five minutes', () => {
    const series = new RateSeries()
    for (let n = 0; n <= 1_000; n += 1) series.count(n, n * 1_000)
    expect(series.points[0]?.time).toBe(1_000_000 - CHARTED)
    expect(series.points).toHaveLength(301)
  })
})

describe('with a beat', () => {
  test('[BS9] a counter that says nothing in a round stood still', () => {
    const series = new RateSeries()
    series.kept(100)
    for (const time of [10_000, 20_000, 30_000]) {
      series.beat(time)
      series.settle()
      series.settle()
    }
    expect(plain(series)).toEqual([
      [20_000, 0],
      [30_000, 0],
    ])
    // What it says now happened since the last beat, and not in half a minute.
    series.beat(40_000)
    series.count(150, 40_001)
    series.settle()
    expect(plain(series).at(-1)).toEqual([40_001, (50 / 10_001) * 1000])
  })

  test('[BS9] a value that comes late takes the place of what was assumed', () => {
    const series = new RateSeries()
    series.count(0, 10_000)
    series.beat(20_000)
    series.settle()
    series.count(100, 20_400)
    series.settle()
    expect(plain(series)).toEqual([[20_400, (100 / 10_400) * 1000]])
  })

  test('[BS9] the round before the first is taken where it is known', () => {
    const series = new RateSeries()
    series.kept(100)
    series.beat(3_000, -7_000)
    series.count(200, 3_000)
    expect(plain(series)).toEqual([[3_000, 10]])
  })
})

test('[BS9] whatever a broker counts, no rate is negative or endless, and points are in order', () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 20_000 }),
    value: fc.nat(1_000),
    what: fc.constantFrom('count', 'kept', 'beat', 'settle', 'interrupt'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const series = new RateSeries()
      let time = 0
      for (const { wait, value, what } of steps) {
        time += wait
        if (what === 'count') series.count(value, time)
        else if (what === 'kept') series.kept(value)
        else if (what === 'beat') series.beat(time)
        else series[what]()
      }
      const times = series.points.map((point) => point.time)
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      for (const { rate } of series.points) {
        if (rate !== undefined) expect(Number.isFinite(rate) && rate >= 0).toBe(true)
      }
    }),
  )
})

describe('the sum of several nodes', () => {
  test('[BS9] takes the latest of each, from where all have one', () => {
    const one = [
      { time: 1, rate: 1 },
      { time: 3, rate: 2 },
    ]
    const other = [
      { time: 2, rate: 10 },
      { time: 4, rate: undefined },
      { time: 5, rate: 20 },
    ]
    expect(sumPoints([one, other])).toEqual([
      { time: 2, rate: 11 },
      { time: 3, rate: 12 },
      { time: 4, rate: undefined },
      { time: 5, rate: 22 },
    ])
    expect(sumPoints([one])).toBe(one)
    expect(sumPoints([])).toEqual([])
  })
})
