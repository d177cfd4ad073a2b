import { expect, test } from 'vitest'
import type { Row } from '@/core/message.ts'
import type { ViewContent } from '@/stores/messages.ts'
import { ViewPause } from './viewPause.ts'

/** Rows `at` to `to` of a log of `count` rows that ever were, of which the first `gone` are gone. */
function content(at: number, to: number, count: number, gone = 0, cleared = 0): ViewContent {
  const rows = Array.from({ length: to - at }, (_, i): Row => {
    return { kind: 'mark', seq: at + i, time: 0, mark: { type: 'session', present: true } }
  })
  return { first: gone, count: count - gone, from: at - gone, rows, cleared }
}

const seqs = ({ rows }: ViewContent) => rows.map(({ seq }) => seq)

test('[ML14] what comes after a pause is counted and not shown', () => {
  const shown = content(90, 100, 100)
  const pause = new ViewPause(shown)
  const next = content(85, 120, 130)
  expect(pause.pass(shown, next, 95)).toEqual(content(85, 100, 100))
  expect(pause.cameIn(next)).toBe(30)
})

test('[ML14] the newest rows of a flood do not take the place of those that are shown', () => {
  const shown = content(90, 100, 100)
  const pause = new ViewPause(shown)
  const kept = pause.pass(shown, content(990, 1_000, 1_000), 95)
  expect(kept).toMatchObject({ from: 90, count: 100 })
  expect(seqs(kept)).toEqual(seqs(shown))
})

test('[ML14] rows that the log lets go meanwhile stay', () => {
  const shown = content(90, 100, 100)
  const pause = new ViewPause(shown)
  const flood = content(9_990, 10_000, 10_000, 500)
  const kept = pause.pass(shown, flood, 95)
  expect(seqs(kept)).toEqual(seqs(shown))
  expect(kept).toMatchObject({ first: 500, from: 0, count: 10 })
  expect(seqs(pause.pass(kept, content(9_995, 10_005, 10_005, 600), 5))).toEqual(seqs(shown))
  expect(pause.cameIn(flood)).toBe(9_900)
})

test('[ML14] a log that is emptied, and another view, are paused anew', () => {
  const pause = new ViewPause(content(90, 100, 100))
  const emptied = content(200, 203, 203, 200, 1)
  expect(pause.pass(content(90, 100, 100), emptied, 95)).toEqual(emptied)
  expect(pause.cameIn(content(203, 210, 210, 200, 1))).toBe(7)
  const other = new ViewPause(undefined)
  expect(other.cameIn(content(0, 5, 5))).toBe(0)
  expect(other.pass(undefined, content(0, 5, 5), undefined)).toEqual(content(0, 5, 5))
  expect(other.pass(content(0, 5, 5), content(0, 9, 9), 0)).toEqual(content(0, 5, 5))
})
