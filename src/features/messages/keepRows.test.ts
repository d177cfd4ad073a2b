import { expect, test } from 'vitest'
import type { Row } from '@/core/message.ts'
import type { ViewContent } from '@/stores/messages.ts'
import { keepRows } from './keepRows.ts'

const rowsFrom = (seq: number): Row[] =>
  Array.from({ length: 10 }, (_, at) => ({
    ...{ kind: 'mark', seq: seq + at, time: 0, mark: { type: 'session', present: true } },
  }))

/** Rows `at` to `at + 10` of the log, of which the first `gone` are gone. */
const content = (at: number, count: number, gone = 0, cleared = 0): ViewContent => ({
  ...{ first: gone, count: count - gone, from: at - gone, rows: rowsFrom(at), cleared },
})

const firstSeq = ({ rows }: ViewContent) => rows[0]?.seq

test('[ML12] rows that are held stay until an answer has them again', () => {
  const current = content(90, 100)
  const flood = content(990, 1_000, 20)
  const kept = keepRows(current, flood, 92)
  expect(kept).toEqual({ ...flood, from: 70, rows: current.rows })
  // The row is counted from the new beginning from then on.
  const answer = content(85, 1_100, 20)
  expect(keepRows(kept, answer, 72)).toBe(answer)
})

test('[ML12] a list that follows takes whatever is newest', () => {
  const flood = content(990, 1_000)
  expect(keepRows(content(90, 100), flood, undefined)).toBe(flood)
  expect(firstSeq(keepRows(undefined, flood, 3))).toBe(990)
})

test('[ML12] what has left the log is not kept', () => {
  const flood = content(990, 1_000, 91)
  expect(keepRows(content(90, 100), flood, 92)).toBe(flood)
  const emptied = content(990, 1_000, 0, 1)
  expect(keepRows(content(90, 100), emptied, 92)).toBe(emptied)
})
