import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import { messages } from '@/log/sample.ts'
import { SeenMark } from './seenMark.ts'
import { emptyIndexedDb, openLog } from './testing/logs.ts'
import { ManualClock } from './testing/manualClock.ts'

beforeEach(emptyIndexedDb)

async function setup() {
  const log = await openLog()
  await log.write(messages(10))
  const clock = new ManualClock()
  const onError = (error: unknown) => {
    throw error
  }
  return { log, clock, seen: new SeenMark({ log, clock, onError }) }
}

test('[SN1] is known at once and stored a little later, and never goes back', async () => {
  const { log, clock, seen } = await setup()
  seen.set(4)
  seen.set(3)
  expect([seen.received, log.counters.seen]).toEqual([4, 0])
  seen.set(7)
  clock.pass(500)
  await vi.waitFor(() => expect(log.counters.seen).toBe(7))
  expect((await openLog()).counters.seen).toBe(7)
})

test('[SN1] settling stores it now', async () => {
  const { log, seen } = await setup()
  seen.set(4)
  await seen.settled()
  expect(log.counters.seen).toBe(4)
})

test('[SN2] is not more than there is, and starts again when the log is emptied', async () => {
  const { log, seen } = await setup()
  seen.set(100)
  expect(seen.received).toBe(10)
  await log.clear()
  await log.write(messages(5))
  expect(seen.received).toBe(0)
})
