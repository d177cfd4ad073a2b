import { expect, test } from 'vitest'
import { AskedRows, rowsPerScreen } from './askedRows.ts'

test('[ML9] what was asked for is asked for again only where it does not reach any more', () => {
  const asked = new AskedRows()
  expect(asked.next({ start: 100, end: 110 }, 1_000, 10)).toEqual({ from: 80, to: 130 })
  expect(asked.next({ start: 105, end: 115 }, 1_000, 10)).toBeUndefined()
  expect(asked.next({ start: 115, end: 125 }, 1_000, 10)).toEqual({ from: 95, to: 145 })
})

test('[ML9] rows that are gone at the start make no question of their own', () => {
  const asked = new AskedRows()
  asked.next({ start: 100, end: 110 }, 1_000, 10)
  asked.moveUp(50)
  expect(asked.next({ start: 50, end: 60 }, 950, 10)).toBeUndefined()
})

test('[ML9] what was forgotten is asked for anew', () => {
  const asked = new AskedRows()
  expect(asked.next('end', 1_000, 10)).toEqual({ last: 30 })
  expect(asked.next('end', 1_000, 10)).toBeUndefined()
  asked.forget()
  expect(asked.next('end', 1_000, 10)).toEqual({ last: 30 })
})

test('[ML9] high rows and a low pane do not make the window small', () => {
  expect(rowsPerScreen(900, 30)).toBe(30)
  expect(rowsPerScreen(900, 400)).toBe(13)
  expect(rowsPerScreen(100, 30)).toBe(20)
})
