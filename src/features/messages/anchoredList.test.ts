import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { ListStage, VIEWPORT } from './listStage.ts'

let stage: ListStage
beforeEach(() => {
  stage = new ListStage()
})

describe('at the end', () => {
  test('[ML1] rows fill the viewport from its upper edge until it is full', () => {
    stage.add(3)
    expect(stage.top).toBe(0)
    expect(stage.range).toEqual({ start: 0, end: 3 })
    expect(stage.trackHeight).toBe(VIEWPORT)
  })

  test('[ML1] the last row stays on the lower edge while rows arrive', () => {
    for (let round = 0; round < 30; round += 1) stage.add(7)
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
    expect(stage.state).toEqual({ isAtEnd: true, unseen: 0 })
    expect(stage.scrollTop).toBe(stage.room)
  })

  test('[ML2] a reader who is busy keeps the rows in place, and then catches up', () => {
    stage.add(100)
    stage.list.setBusy(true)
    const before = stage.seen()
    stage.add(400)
    expect(stage.seen()).toEqual(before)
    expect(stage.state).toEqual({ isAtEnd: false, unseen: 400 })
    stage.list.setBusy(false)
    stage.settle()
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
    expect(stage.state).toEqual({ isAtEnd: true, unseen: 0 })
  })

  test('[ML3] another list, or a list that was emptied, starts at its end', () => {
    stage.add(500)
    stage.scrollBy(-400)
    stage.cleared += 1
    stage.gone = stage.total
    stage.add(0)
    expect(stage.state).toEqual({ isAtEnd: true, unseen: 0 })
    stage.add(200)
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
    stage.scrollBy(-400)
    stage.list.reset()
    stage.paint()
    expect(stage.drawnSeqs()).toEqual([])
    stage.settle()
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
  })
})

describe('a row that is gone to', () => {
  beforeEach(() => stage.add(5_000))

  test('[ML15] stands at the upper edge once its rows have come', () => {
    stage.list.goTo(1_234)
    stage.settle()
    expect(stage.seen().get(1_234)).toBe(0)
    expect(stage.state.isAtEnd).toBe(false)
  })

  test('[ML15] beyond the last one is the end', () => {
    stage.list.goTo(1_234)
    stage.settle()
    stage.list.goTo(Infinity)
    stage.settle()
    expect(stage.state).toEqual({ isAtEnd: true, unseen: 0 })
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
  })
})

describe('away from the end', () => {
  beforeEach(() => {
    stage.add(1_000)
    stage.scrollBy(-500)
    stage.rest()
  })

  test('[ML4] rows that arrive move nothing and are counted', () => {
    const before = stage.seen()
    stage.add(3)
    stage.add(4_000)
    expect(stage.seen()).toEqual(before)
    expect(stage.state).toEqual({ isAtEnd: false, unseen: 4_003 })
  })

  test('[ML4] rows that go from the beginning move nothing', () => {
    const before = stage.seen()
    stage.gone = 7
    stage.settle()
    expect(stage.seen()).toEqual(before)
  })

  test('[ML4] rows that go from the beginning move nothing, however many they are', () => {
    const before = stage.seen()
    for (const gone of [300, 600, 900]) {
      stage.gone = gone
      stage.add(200)
      expect(stage.seen()).toEqual(before)
    }
    expect(stage.state).toEqual({ isAtEnd: false, unseen: 600 })
  })

  test('[ML4] when the rows that are seen go, the oldest ones that are left are seen', () => {
    stage.add(2_000)
    stage.gone = 1_500
    stage.settle()
    expect([...stage.seen()][0]).toEqual([1_500, 0])
    expect(stage.state.isAtEnd).toBe(false)
  })

  test('[ML4] rows above that change their height move nothing', () => {
    const [first, second] = stage.seen().keys()
    const before = stage.seen().get(second ?? 0)
    const { heightOf } = stage
    stage.heightOf = (seq) => heightOf(seq) + (seq < (first ?? 0) ? 55 : 0)
    stage.list.drew(stage.drawnSeqs().map(stage.heightOf))
    expect(stage.seen().get(second ?? 0)).toBe(before)
  })

  test('[ML5] a scroll moves the rows by as many pixels', () => {
    for (const distance of [-40, -333, 25, -600, -1_100, 410]) {
      const before = stage.seen()
      stage.scrollBy(distance)
      for (const [seq, y] of stage.seen()) {
        const was = before.get(seq)
        if (was !== undefined) expect(y).toBeCloseTo(was - distance)
      }
    }
  })

  test('[ML5] the rows follow any scroll, with rest or without, and leave no hole', () => {
    const step = fc.record({ distance: fc.integer({ min: -900, max: 900 }), rests: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const fresh = new ListStage()
        fresh.add(400)
        for (const { distance, rests } of steps) {
          fresh.scrollBy(distance)
          if (rests) fresh.rest()
          expect(fresh.top).toBeLessThanOrEqual(0)
          expect(fresh.bottom).toBeGreaterThanOrEqual(VIEWPORT - 0.01)
        }
      }),
    )
  })

  test('[ML6] scrolling down reaches the end exactly where the thumb does, and follows from there', () => {
    for (let steps = 0; steps < 100 && !stage.state.isAtEnd; steps += 1) stage.scrollBy(100)
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
    expect(stage.scrollTop).toBe(stage.room)
    stage.add(10)
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
  })

  test('[ML6] scrolling up reaches the first row exactly where the thumb does', () => {
    for (let steps = 0; steps < 2_000 && stage.scrollTop > 0; steps += 1) stage.scrollBy(-100)
    expect(stage.seen().get(0)).toBe(0)
    expect(stage.scrollTop).toBe(0)
  })

  test('[ML6] the way back to the end is one step, however far', () => {
    stage.add(50_000)
    stage.list.goToEnd()
    stage.settle()
    expect(stage.state).toEqual({ isAtEnd: true, unseen: 0 })
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
    stage.list.goToStart()
    stage.settle()
    expect(stage.seen().get(0)).toBe(0)
  })
})

describe('a thumb that is held', () => {
  beforeEach(() => {
    stage.add(300)
    stage.list.holdThumb()
  })

  test('[ML10] stands for a place, and is not moved, until it is let go', () => {
    for (const part of [0.8, 0.5, 0.2, 0.01, 0]) {
      const wanted = stage.room * part
      stage.scrollBy(wanted - stage.scrollTop)
      expect(stage.scrollTop).toBeCloseTo(wanted)
      const [first] = stage.seen().keys()
      expect(Math.abs((first ?? 0) - part * 300)).toBeLessThan(8)
    }
    expect(stage.seen().get(0)).toBe(0)
    stage.scrollBy(stage.room)
    expect(stage.bottom).toBeCloseTo(VIEWPORT)
    stage.rest()
    expect(stage.state.isAtEnd).toBe(true)
  })

  test('[ML10] moves the rows on with every pixel, never back', () => {
    stage.scrollBy(-stage.room)
    let last = 0
    while (stage.scrollTop < stage.room - 1) {
      stage.scrollBy(35)
      const [seq, y] = [...stage.seen()][0] ?? [0, 0]
      const place = seq - y / stage.heightOf(seq)
      expect(place).toBeGreaterThanOrEqual(last)
      last = place
    }
  })
})

describe('a million rows', () => {
  beforeEach(() => {
    stage.add(1_000_000)
  })

  test('[ML7] their track stays below what a browser can lay out, and only a few are asked for', () => {
    expect(stage.trackHeight).toBeLessThan(15_000_000)
    expect(stage.content.rows.length).toBeLessThan(200)
    expect(stage.range.end - stage.range.start).toBeLessThan(60)
  })

  test.each([0, 0.1, 0.5, 0.999])('[ML7] a thumb at %d of its way names the row there', (part) => {
    stage.scrollBy(stage.room * part - stage.scrollTop)
    const [first] = stage.seen().keys()
    expect(Math.abs((first ?? 0) - part * 1_000_000)).toBeLessThan(20)
    stage.rest()
    expect(Math.abs(stage.scrollTop - stage.room * part)).toBeLessThan(VIEWPORT)
  })

  test('[ML7] a short scroll is a short scroll there, too', () => {
    stage.scrollBy(-stage.room / 2)
    const before = stage.seen()
    stage.scrollBy(100)
    stage.rest()
    const [seq, y] = [...stage.seen()][3] ?? [0, 0]
    expect(y).toBeCloseTo((before.get(seq) ?? 0) - 100)
  })

  test('[ML8] what was drawn stays until the rows of a distant place have come', () => {
    const before = stage.seen()
    const { content } = stage
    stage.list.scroll(stage.room / 3)
    stage.list.receive({ ...content })
    stage.paint()
    expect(stage.seen()).toEqual(before)
    stage.settle()
    expect([...stage.seen().keys()][0]).toBeGreaterThan(300_000)
  })
})
