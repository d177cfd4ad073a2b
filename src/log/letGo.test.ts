import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { DEFAULT_RETENTION, withinQuota, type Retention } from '@/core/retention.ts'
import type { LogDatabase } from './database.ts'
import type { LogEntry } from './entry.ts'
import { failing, failureOf, openLogs } from './inDatabase.ts'
import { MessageLog } from './messageLog.ts'
import { CHUNK_ENTRIES } from './openChunk.ts'
import { message, messages } from './sample.ts'

vi.setConfig({ testTimeout: 60_000 })

const one = '1'.repeat(16) as ConnectionId
const DAY = 24 * 60 * 60 * 1000
const now = 1_700_000_000_000
const many: Retention = { messages: 10_000, bytes: 1e12 }

let database: LogDatabase
let log: MessageLog

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await openLogs()
  log = await MessageLog.open(database, one)
})

async function reopen(): Promise<MessageLog> {
  database.stores.close()
  database = await openLogs()
  return MessageLog.open(database, one)
}

/** What a log has, as `seq topic`. */
async function contents(of: MessageLog): Promise<string[]> {
  const entries = await of.read(0, Infinity)
  return entries.map((entry) => `${entry.seq} ${entry.kind === 'mark' ? '-' : entry.topic}`)
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, i) => from + i)
}

describe('a log beyond its limits', () => {
  test('[LG15] lets whole chunks go, the oldest first, and counts them', async () => {
    await log.write(messages(4 * CHUNK_ENTRIES + 10))
    expect(log.exceeds(many, now)).toBe(true)
    await log.letGo(many, now)
    expect([log.start, log.end]).toEqual([2 * CHUNK_ENTRIES, 4 * CHUNK_ENTRIES + 10])
    expect(log.counters).toMatchObject({ letGo: 2 * CHUNK_ENTRIES, received: log.end })
    expect(log.exceeds(many, now)).toBe(false)
    const kept = range(log.start, log.end).map((seq) => `${seq} sensor/1/temperature`)
    expect(await contents(log)).toEqual(kept)
    const again = await reopen()
    expect(await contents(again)).toEqual(kept)
    expect(again.counters).toEqual(log.counters)
    expect(await again.write(messages(1))).toBe(4 * CHUNK_ENTRIES + 10)
  })

  test('[LG15] by size, and its own size is true afterwards', async () => {
    await log.write(messages(3_000, { payload: new Uint8Array(1_000) }))
    const before = log.counters.bytes
    await log.letGo({ messages: 1e9, bytes: before / 2 }, now)
    expect(log.counters.bytes).toBeLessThanOrEqual(before / 2)
    const perEntry = before / 3_000
    expect(log.counters.bytes / (log.end - log.start)).toBeCloseTo(perEntry, 0)
  })

  test('[LG15] by age, where a chunk is as old as its newest message', async () => {
    await log.write(messages(CHUNK_ENTRIES, { time: now - 3 * DAY }))
    await log.write(messages(CHUNK_ENTRIES - 1, { time: now - 3 * DAY }))
    await log.write(messages(1, { time: now - DAY }))
    await log.write(messages(5, { time: now }))
    const limits = { ...DEFAULT_RETENTION, age: 2 * DAY }
    expect(log.exceeds(limits, now)).toBe(true)
    await log.letGo(limits, now)
    expect(log.start).toBe(CHUNK_ENTRIES)
    expect(log.exceeds(limits, now)).toBe(false)
    expect(log.exceeds(limits, now + 2 * DAY)).toBe(true)
  })

  test('[LG15] never lets the open chunk go, and does nothing within the limits', async () => {
    await log.write(messages(100))
    await log.letGo({ messages: 1, bytes: 1, age: 1 }, now + DAY)
    expect([log.start, log.end]).toEqual([0, 100])
    expect(log.counters.letGo).toBe(0)
  })

  test('[LG16] keeps the latest message of each topic, over restarts too', async () => {
    const rare = [
      message({ topic: 'old', payload: Uint8Array.of(1) }),
      message({ topic: 'rare', payload: Uint8Array.of(1) }),
      message({ topic: 'rare', payload: Uint8Array.of(2), properties: Uint8Array.of(1, 1) }),
      message({ topic: 'open', payload: Uint8Array.of(1) }),
    ]
    await log.write([...rare, ...messages(2 * CHUNK_ENTRIES - 4)])
    await log.write([message({ topic: 'middle' }), message({ topic: 'old' })])
    await log.write(messages(2 * CHUNK_ENTRIES - 2))
    await log.write([message({ topic: 'open' })])
    await log.letGo(many, now)
    expect(log.kept).toEqual([2])
    expect(log.counters.letGo).toBe(2 * CHUNK_ENTRIES - 1)
    const [kept] = await log.read(0, 3)
    expect(kept).toMatchObject({ seq: 2, topic: 'rare', payload: Uint8Array.of(2) })

    // The next ones to go have topics of their own, and one of them was kept before.
    await log.write([...messages(2 * CHUNK_ENTRIES - 2), message({ topic: 'rare' })])
    await log.letGo(many, now)
    const again = await reopen()
    const [middle, old] = [2 * CHUNK_ENTRIES, 2 * CHUNK_ENTRIES + 1]
    expect(again.kept).toEqual([middle, old])
    expect(again.start).toBe(4 * CHUNK_ENTRIES)
    expect((await contents(again)).slice(0, 3)).toEqual([
      `${middle} middle`,
      `${old} old`,
      `${again.start} open`,
    ])
    expect(await again.select({ matchesTopic: (topic) => topic === 'old' }, 0)).toEqual([old])
  })

  test('[LG16] what was kept goes when the log is cleared', async () => {
    await log.write([message({ topic: 'rare' }), ...messages(4 * CHUNK_ENTRIES)])
    await log.letGo(many, now)
    expect(log.kept).toEqual([0])
    await log.clear()
    expect(log.kept).toEqual([])
    expect(await contents(await reopen())).toEqual([])
    expect(log.counters).toMatchObject({ letGo: 0, bytes: 0 })
  })

  test('[LG15] a failure changes nothing', async () => {
    await log.write(messages(4 * CHUNK_ENTRIES))
    const restore = failing('abort')
    expect(await failureOf(log.letGo(many, now))).toMatchObject({ cause: 'quota' })
    restore()
    expect([log.start, log.counters.letGo]).toEqual([0, 0])
    expect((await contents(log)).length).toBe(4 * CHUNK_ENTRIES)
  })

  test('[LG16] whatever is written, every topic that was ever there has its latest message', async () => {
    const batch = fc.record({
      topic: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
      direction: fc.constantFrom('in' as const, 'out' as const),
      times: fc.constantFrom(1, 3, 2_000, 5_000),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { minLength: 5, maxLength: 25 }), async (batches) => {
        globalThis.indexedDB = new IDBFactory()
        database = await openLogs()
        let current = await MessageLog.open(database, one)
        const latest = new Map<string, number>()
        let messageCount = 0
        for (const { topic, direction, times } of batches) {
          const entries: LogEntry[] = messages(times, { topic, direction })
          latest.set(topic, (await current.write(entries)) + times - 1)
          messageCount += times
          await current.letGo(many, now)
          if (times === 3) current = await reopen()
        }
        const there = await current.read(0, Infinity)
        for (const [topic, seq] of latest) {
          expect(there.findLast((entry) => entry.kind === 'message' && entry.topic === topic)?.seq) //
            .toBe(seq)
        }
        const seqs = there.map(({ seq }) => seq)
        expect(seqs).toEqual([...current.kept, ...range(current.start, current.end)])
        expect(current.counters.letGo).toBe(messageCount - there.length)
        database.stores.close()
      }),
      { numRuns: 15 },
    )
  })
})

test('[LG17] a small quota allows less', () => {
  expect(withinQuota(DEFAULT_RETENTION, undefined)).toEqual(DEFAULT_RETENTION)
  expect(withinQuota(DEFAULT_RETENTION, 1e12)).toEqual(DEFAULT_RETENTION)
  expect(withinQuota(DEFAULT_RETENTION, 100_000_000).bytes).toBe(40_000_000)
})
