import { beforeEach, describe, expect, test } from 'vitest'
import type { ListContent } from './listScreen.ts'
import { ReaderPlace } from './readerPlace.ts'
import type { Hold } from './rowPlacement.ts'

const VIEWPORT = 100

/** A list of `count` rows of which all are loaded; the seq of each counts from the first there ever was. */
function list(count: number, more: Partial<ListContent> = {}): ListContent {
  const first = more.first ?? 0
  const rows = Array.from({ length: count }, (_, at) => ({ seq: first + at }))
  return { first, count, from: 0, rows, cleared: 0, ...more }
}

let place: ReaderPlace
beforeEach(() => {
  place = new ReaderPlace()
})

/** Rows `start` to `end` are seen, each 20 px high; the last one ends where the viewport does. */
function see(content: ListContent, start: number, end: number) {
  const top = VIEWPORT - (end - start) * 20
  const anchor = { index: Math.max(start, end - 5), offset: 0 }
  const placement = { top, bottom: VIEWPORT, anchor, seenEnd: end, missing: { above: 0, below: 0 } }
  const shown = { content, drawn: { start, end }, viewport: VIEWPORT }
  place.settle(place.target(content), placement, shown)
}

describe('at the end', () => {
  test('[ML1] the place is the end, and no row is held', () => {
    see(list(50), 40, 50)
    expect(place.target(list(60))).toBe('end')
    expect(place.heldIndex).toBeUndefined()
  })

  test('[ML2] a busy reader holds the uppermost row that is seen', () => {
    see(list(50), 40, 50)
    place.isBusy = true
    expect(place.target(list(60))).toEqual({ index: 45, offset: 0 })
    expect(place.heldIndex).toBe(45)
  })

  test('[ML4] what comes below the lowest row that was seen is counted', () => {
    see(list(50), 40, 50)
    expect(place.unseenOf(list(53))).toBe(3)
  })

  test('[ML6] a scroll down moves nothing', () => {
    expect(place.moveBy(30)).toBe(false)
    expect(place.hold).toBe('end')
  })
})

describe('away from the end', () => {
  const content = list(50)
  beforeEach(() => {
    see(content, 40, 50)
    place.moveBy(-30)
  })

  test('[ML5] the row is held that was seen, as many pixels further down', () => {
    expect(place.hold).toEqual({ index: 45, offset: 30 })
  })

  test.each<[string, Partial<ListContent>, number, Hold]>([
    ['rows behind it change nothing', {}, 60, { index: 45, offset: 30 }],
    ['rows that go before it make its index lower', { first: 7 }, 43, { index: 38, offset: 30 }],
    ['a list that was emptied begins at its end', { cleared: 1, first: 50 }, 5, 'end'],
    ['a list that has fewer rows is at its end', {}, 20, 'end'],
  ])('[ML4] %s', (_title, more, count, expected) => {
    place.follow(content, list(count, more))
    expect(place.hold).toEqual(expected)
  })

  test('[ML4] it is found again by its message where rows went without a word', () => {
    const rows = content.rows.slice(10)
    place.follow(content, { ...content, count: 40, rows })
    expect(place.hold).toEqual({ index: 35, offset: 30 })
  })

  test('[ML6] the end begins again where the reader has moved down to it', () => {
    place.moveBy(30)
    see(content, 40, 50)
    expect(place.hold).toBe('end')
  })

  test('[ML6] and not where they have moved up', () => {
    see(content, 40, 50)
    expect(place.hold).toEqual({ index: 45, offset: 0 })
  })
})

test('[ML8] until the rows of a distant place have come, what is seen is held', () => {
  const content = list(20, { from: 480, count: 500 })
  see(content, 490, 500)
  place.goTo({ index: 100, offset: 0 }, false)
  expect(place.isWaiting(content)).toBe(true)
  expect(place.target(content)).toEqual({ index: 495, offset: 0 })
  const there = list(20, { from: 90, count: 500 })
  expect(place.isWaiting(there)).toBe(false)
  expect(place.target(there)).toEqual({ index: 100, offset: 0 })
})
