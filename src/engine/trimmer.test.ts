import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Retention } from '@/core/retention.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import { CHUNK_ENTRIES } from '@/log/openChunk.ts'
import { messages } from '@/log/sample.ts'
import { emptyIndexedDb, openLog } from './testing/logs.ts'
import { ManualClock } from './testing/manualClock.ts'
import { AGE_CHECK, Trimmer } from './trimmer.ts'

let clock: ManualClock
let log: MessageLog
let limits: Retention
let quota: number | undefined
const onTrimmed = vi.fn()
const onError = vi.fn()

beforeEach(async () => {
  vi.clearAllMocks()
  emptyIndexedDb()
  clock = new ManualClock()
  log = await openLog()
  limits = { messages: 5_000, bytes: 1e9 }
  quota = undefined
})

function start(): Trimmer {
  return new Trimmer({ log, clock, limits: () => limits, quota: () => quota, onTrimmed, onError })
}

test('[LT1] a log that has grown beyond its limits is shortened', async () => {
  const trimmer = start()
  await log.write(messages(2 * CHUNK_ENTRIES))
  trimmer.check()
  await vi.waitFor(() => expect(onTrimmed).toHaveBeenCalledOnce())
  expect(log.start).toBe(CHUNK_ENTRIES)
  trimmer.check()
  await Promise.resolve()
  expect(onTrimmed).toHaveBeenCalledOnce()
})

test('[LT1] limits that were lowered, and a small quota, count at once', async () => {
  limits = { messages: 1e9, bytes: 1e9 }
  const trimmer = start()
  await log.write(messages(4 * CHUNK_ENTRIES))
  quota = log.counters.bytes
  trimmer.check()
  await vi.waitFor(() => expect(onTrimmed).toHaveBeenCalledOnce())
  expect(log.start).toBeGreaterThanOrEqual(2 * CHUNK_ENTRIES)
})

test('[LT2] messages that became too old go while nothing is written', async () => {
  limits = { messages: 1e9, bytes: 1e9, age: 10 * AGE_CHECK }
  start()
  await log.write(messages(CHUNK_ENTRIES, { time: clock.now() }))
  clock.pass(9 * AGE_CHECK)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(log.start).toBe(0)
  clock.pass(2 * AGE_CHECK)
  await vi.waitFor(() => expect(log.start).toBe(CHUNK_ENTRIES))
})

test('[LT3] a failure is said once, and tried again later', async () => {
  const trimmer = start()
  await log.write(messages(2 * CHUNK_ENTRIES))
  const letGo = vi.spyOn(log, 'letGo').mockRejectedValueOnce(new Error('full'))
  trimmer.check()
  await vi.waitFor(() => expect(onError).toHaveBeenCalledOnce())
  trimmer.check()
  expect(letGo).toHaveBeenCalledOnce()
  clock.pass(AGE_CHECK)
  await vi.waitFor(() => expect(log.start).toBe(CHUNK_ENTRIES))
})

test('[LT3] a closed one does nothing more', async () => {
  const trimmer = start()
  await log.write(messages(2 * CHUNK_ENTRIES))
  trimmer.close()
  trimmer.check()
  clock.pass(2 * AGE_CHECK)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(log.start).toBe(0)
})
