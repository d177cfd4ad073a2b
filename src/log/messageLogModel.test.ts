import 'fake-indexeddb/auto'
import fc from 'fast-check'
import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import type { LogEntry } from './entry.ts'
import { failing, failureOf, openLogs } from './inDatabase.ts'
import { MessageLog } from './messageLog.ts'
import { CHUNK_BYTES } from './openChunk.ts'
import { message } from './sample.ts'

vi.setConfig({ testTimeout: 120_000 })

const one = '1'.repeat(16) as ConnectionId

/** What a log should be, kept as a plain list. */
type Model = {
  start: number
  entries: LogEntry[]
  stored: number
  dropped: number
  published: number
  seen: number
  cleared: number
  awaitingRelease: number[]
}

const entry = fc.record({
  direction: fc.constantFrom('in' as const, 'out' as const),
  topic: fc.constantFrom('a', 'b', 'long/topic'),
  // Mostly small, and now and then one that fills a chunk or exceeds it.
  size: fc.oneof(
    { weight: 20, arbitrary: fc.nat(50) },
    { weight: 1, arbitrary: fc.integer({ min: CHUNK_BYTES - 200, max: CHUNK_BYTES + 200 }) },
  ),
})

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      entries: fc.array(entry, { maxLength: 8 }),
      /** The entries are written so many times over. */
      times: fc.constantFrom(1, 1, 1, 40, 600),
      dropped: fc.nat(3),
      ids: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }),
      fails: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('see' as const), count: fc.nat(3000) }) },
)

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function entriesOf(one: Extract<Step, { do: 'write' }>, first: number): LogEntry[] {
  // Large ones are not multiplied: their number is not what they are for.
  const small = one.entries.filter(({ size }) => size < 100)
  const all = [...one.entries, ...Array.from({ length: one.times - 1 }, () => small).flat()]
  return all.map(({ direction, topic, size }, i) => {
    const payload = new Uint8Array(size + 4)
    new DataView(payload.buffer).setUint32(0, first + i)
    return message({ direction, topic, payload })
  })
}

/** A short text that tells one entry from another. */
function short(entries: readonly LogEntry[]): string[] {
  return entries.map((each) => {
    if (each.kind === 'mark') return 'mark'
    const { payload, topic, direction } = each
    const number = new DataView(payload.buffer, payload.byteOffset, 4).getUint32(0)
    return `${number} ${topic} ${direction} ${payload.length}`
  })
}

async function checkAgainst(model: Model, log: MessageLog): Promise<void> {
  const end = model.start + model.entries.length
  expect([log.start, log.end]).toEqual([model.start, end])
  const { stored, dropped, published, seen, cleared } = model
  expect(log.counters).toMatchObject({
    received: stored + dropped,
    stored,
    dropped,
    published,
    seen,
    cleared,
  })
  expect(log.awaitingRelease).toEqual(model.awaitingRelease)
  const entries = await log.read(0, Infinity)
  expect(short(entries)).toEqual(short(model.entries))
  expect(entries.map(({ seq }) => seq)).toEqual(model.entries.map((_, i) => model.start + i))
  const outgoing = await log.select({ direction: 'out', matchesTopic: (it) => it === 'a' }, 0)
  const expected = model.entries.flatMap((each, i) =>
    each.kind === 'message' && each.direction === 'out' && each.topic === 'a'
      ? [model.start + i]
      : [],
  )
  expect(outgoing).toEqual(expected)
}

async function write(model: Model, log: MessageLog, one: Extract<Step, { do: 'write' }>) {
  const end = model.start + model.entries.length
  const entries = entriesOf(one, end)
  const change = { dropped: one.dropped, awaitingRelease: one.ids }
  if (one.fails) {
    const restore = failing('abort')
    expect(await failureOf(log.write(entries, change))).toMatchObject({ cause: 'quota' })
    restore()
    return
  }
  expect(await log.write(entries, change)).toBe(end)
  const stored = entries.filter((each) => each.kind === 'message' && each.direction === 'in').length
  model.entries.push(...entries)
  model.stored += stored
  model.published += entries.length - stored
  model.dropped += one.dropped
  model.awaitingRelease = one.ids
}

describe('any history of a log', () => {
  test('[LG8] of writes, failures, clears and restarts leaves what a plain list would', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        globalThis.indexedDB = new IDBFactory()
        let database = await openLogs()
        let log = await MessageLog.open(database, one)
        const model: Model = {
          start: 0,
          entries: [],
          stored: 0,
          dropped: 0,
          published: 0,
          seen: 0,
          cleared: 0,
          awaitingRelease: [],
        }
        for (const each of steps) {
          if (each.do === 'write') await write(model, log, each)
          if (each.do === 'see') {
            await log.setSeen(each.count)
            model.seen = Math.min(Math.max(each.count, model.seen), model.stored + model.dropped)
          }
          if (each.do === 'clear') {
            await log.clear()
            const start = model.start + model.entries.length
            const zero = { entries: [], stored: 0, dropped: 0, published: 0, seen: 0 }
            Object.assign(model, { ...zero, start, cleared: model.cleared + 1 })
          }
          if (each.do === 'reopen') {
            database.stores.close()
            database = await openLogs()
            log = await MessageLog.open(database, one)
          }
        }
        await checkAgainst(model, log)
        database.stores.close()
        database = await openLogs()
        await checkAgainst(model, await MessageLog.open(database, one))
        database.stores.close()
      }),
      { numRuns: 30 },
    )
  })
})
