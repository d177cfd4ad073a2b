import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HitList } from './hitList.ts'

/** All hits with their numbers. */
function numbered(list: HitList): [number: number, seq: number][] {
  const { first, count } = list
  const seqs = list.in({ from: first, to: first + count })
  return seqs.map((seq, i) => [first + i, seq])
}

describe('the list of hits', () => {
  test('[SP1] grows at both ends, and each hit keeps its number', () => {
    const list = new HitList()
    list.add({ older: [50, 60], newer: [] })
    list.add({ older: [10, 20], newer: [70] })
    expect(numbered(list)).toEqual([
      [-4, 10],
      [-3, 20],
      [-2, 50],
      [-1, 60],
      [0, 70],
    ])
    expect(list.in({ last: 2 })).toEqual([60, 70])
    expect(list.in({ from: -9, to: -2 })).toEqual([10, 20])
    expect(list.in({ from: 0, to: 99 })).toEqual([70])
    expect(list.in({ last: 99 })).toHaveLength(5)
    expect(list.in({ from: 5, to: 9 })).toEqual([])
  })

  test('[SP1] what the log let go leaves the numbers of the others alone', () => {
    const list = new HitList()
    list.add({ older: [10, 20, 30], newer: [40, 50, 60] })
    list.shorten(25, [20])
    expect(numbered(list)).toEqual([
      [-2, 20],
      [-1, 30],
      [0, 40],
      [1, 50],
      [2, 60],
    ])
    list.shorten(55, [20])
    expect(list.in({ last: 9 })).toEqual([20, 60])
    expect(list.numberOf(60)).toBe(2)
  })

  test('[SP1] finds the number of every hit', () => {
    const seqs = fc.uniqueArray(fc.nat({ max: 1_000 }), { maxLength: 50 })
    fc.assert(
      fc.property(seqs, fc.nat(), fc.nat({ max: 1_000 }), (all, cut, start) => {
        const sorted = all.toSorted((a, b) => a - b)
        const at = cut % (sorted.length + 1)
        const list = new HitList()
        list.add({ older: sorted.slice(0, at), newer: sorted.slice(at) })
        const before = new Map(numbered(list).map(([number, seq]) => [seq, number]))
        for (const [number, seq] of numbered(list)) expect(list.numberOf(seq)).toBe(number)
        list.shorten(start, [])
        const staying = sorted.filter((seq) => seq >= start)
        expect(list.in({ last: 999 })).toEqual(staying)
        for (const seq of staying) expect(list.numberOf(seq)).toBe(before.get(seq))
      }),
    )
  })
})
