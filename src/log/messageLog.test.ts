import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import type { LogDatabase } from './database.ts'
import type { LogEntry, StoredEntry } from './entry.ts'
import { deleteLog } from './deleteLog.ts'
import { MessageLog } from './messageLog.ts'
import { CHUNK_BYTES, CHUNK_ENTRIES } from './openChunk.ts'
import { failing, failureOf, keysOf, openLogs } from './inDatabase.ts'
import { message, messages, plain, stored } from './sample.ts'

vi.setConfig({ testTimeout: 30_000 })

const one = '1'.repeat(16) as ConnectionId
const two = '2'.repeat(16) as ConnectionId
const mark: LogEntry = { kind: 'mark', time: 5, mark: { type: 'session', present: false } }

let database: LogDatabase
let log: MessageLog

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await openLogs()
  log = await MessageLog.open(database, one)
})

afterEach(() => vi.restoreAllMocks())

/** The log as the next start of the engine finds it, with nothing in its cache. */
async function reopen(): Promise<MessageLog> {
  database.stores.close()
  database = await openLogs()
  return MessageLog.open(database, one)
}

async function all(of: MessageLog) {
  return plain(await of.read(0, Infinity))
}

/** One short text for each entry, because comparing thousands of objects field by field takes long. */
function short(entries: readonly StoredEntry[]): string[] {
  return entries.map((entry) => {
    if (entry.kind === 'mark') return `${entry.seq} mark`
    const digest = createHash('sha1').update(entry.payload).digest('hex')
    return `${entry.seq} ${entry.topic} ${entry.payload.length} ${digest}`
  })
}

async function shortly(of: MessageLog): Promise<string[]> {
  return short(await of.read(0, Infinity))
}

describe('a log', () => {
  test('[LG8] gives back what was written, in order, each with its seq', async () => {
    const entries = [message({ topic: 'a' }), mark, message({ direction: 'out', qos: 2 })]
    expect(await log.write(entries)).toBe(0)
    expect(await log.write([message({ topic: 'b' })])).toBe(3)
    expect(await all(log)).toEqual(stored([...entries, message({ topic: 'b' })]))
    expect([log.start, log.end]).toEqual([0, 4])
  })

  test('[LG8] gives any part, across segments and chunks, and nothing outside', async () => {
    const entries = messages(2 * CHUNK_ENTRIES + 100)
    await log.write(entries)
    const again = await reopen()
    for (const [from, to] of [
      [0, 1],
      [4095, 4097],
      [4096, 8192],
      [8190, 8200],
      [8192, 8193],
      [100, 8250],
      [8291, 9999],
    ] as const) {
      const expected = short(stored(entries).slice(from, to))
      expect(short(await again.read(from, to))).toEqual(expected)
    }
    for (const [from, to] of [
      [5, 5],
      [6, 5],
      [8292, 9999],
      [-5, 0],
    ] as const) {
      expect(await again.read(from, to)).toEqual([])
    }
  })

  test('[LG8] is empty at first, and a write of nothing is no entry', async () => {
    expect([log.start, log.end, log.lastTime]).toEqual([0, 0, undefined])
    expect(await log.write([], { dropped: 2 })).toBe(0)
    expect(await all(log)).toEqual([])
    expect(log.counters).toMatchObject({ received: 2, stored: 0, dropped: 2 })
    expect((await reopen()).counters).toEqual(log.counters)
  })

  test('[LG8] is there after a reopen at every point at which its open chunk grows', async () => {
    const sizes = [1, 1, 1, 2, 1, 7, 3, 100, 1, 1, CHUNK_ENTRIES - 130, 11, 1, 2 * CHUNK_ENTRIES, 5]
    const written: LogEntry[] = []
    for (const size of sizes) {
      const entries = messages(size, { topic: `size/${size}` })
      expect(await log.write(entries)).toBe(written.length)
      written.push(...entries)
      const counters = log.counters
      log = await reopen()
      expect(log.counters).toEqual(counters)
      expect(log.end).toBe(written.length)
      expect(await shortly(log)).toEqual(short(stored(written)))
    }
  })

  test('[LG8] is there after a reopen where a message is larger than a chunk', async () => {
    const sizes = [10, CHUNK_BYTES + 1, 20, CHUNK_BYTES - 100, 200, 30]
    const entries = sizes.map((size) => message({ payload: new Uint8Array(size).fill(size % 251) }))
    for (const entry of entries) await log.write([entry])
    expect(await shortly(await reopen())).toEqual(short(stored(entries)))
  })

  test('[LG8] is apart from other logs', async () => {
    const other = await MessageLog.open(database, two)
    await log.write(messages(CHUNK_ENTRIES + 1, { topic: 'mine' }))
    await other.write(messages(CHUNK_ENTRIES + 2, { topic: 'theirs' }))
    await log.clear()
    expect(await all(log)).toEqual([])
    expect(await all(other)).toHaveLength(CHUNK_ENTRIES + 2)
    expect((await MessageLog.open(database, two)).counters.stored).toBe(CHUNK_ENTRIES + 2)
  })

  test('[LG6] knows over a reopen what it counted, what awaits release and its last time', async () => {
    await log.write([message({ time: 77 }), mark], { awaitingRelease: [3, 9], dropped: 1 })
    const again = await reopen()
    expect(again.counters).toMatchObject({ received: 2, stored: 1, dropped: 1, published: 0 })
    expect(again.awaitingRelease).toEqual([3, 9])
    expect(again.lastTime).toBe(5)
  })

  test('[LG6] counts as bytes what its segments take', async () => {
    for (const size of [10, 3, 5000, 1]) await log.write(messages(size))
    const heads = await database.stores.getAll('heads')
    const tail = await database.stores.getAll('tail')
    const sizes = [...heads, ...tail.map(({ head }) => head)].map(({ bytes }) => bytes)
    expect(log.counters.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0))
  })

  test('[LG9] has its writer alone: a second write at the same time is refused', async () => {
    const first = log.write([message()])
    await expect(log.write([message()])).rejects.toThrow(/has not ended/)
    await first
    expect(await log.write([message()])).toBe(1)
  })

  test('[LG9] does a clear and a write one after the other, in the order they were asked for', async () => {
    await log.write(messages(3))
    const [, seq] = await Promise.all([log.clear(), log.write([message({ topic: 'after' })])])
    expect(seq).toBe(3)
    expect(await all(log)).toEqual(stored([message({ topic: 'after' })], 3))
    await Promise.all([log.write([message({ topic: 'before' })]), log.clear()])
    expect(await all(log)).toEqual([])
    expect(log.end).toBe(5)
  })

  test('[LG9] reads while a write is under way see all of it or nothing', async () => {
    await log.write(messages(CHUNK_ENTRIES - 1))
    const writing = log.write(messages(CHUNK_ENTRIES))
    const lengths: number[] = []
    const full = 2 * CHUNK_ENTRIES - 1
    while (lengths.at(-1) !== full) {
      lengths.push((await log.read(0, Infinity)).length)
      await new Promise((resolve) => setTimeout(resolve))
    }
    await writing
    expect(lengths[0]).toBe(CHUNK_ENTRIES - 1)
    expect(new Set(lengths).size).toBe(2)
  })
})

describe('clearing a log', () => {
  test('[LG7] empties it; no seq is ever used twice', async () => {
    await log.write(messages(CHUNK_ENTRIES + 3), { awaitingRelease: [1] })
    await log.clear()
    expect(await all(log)).toEqual([])
    expect([log.start, log.end]).toEqual([CHUNK_ENTRIES + 3, CHUNK_ENTRIES + 3])
    log = await reopen()
    expect(log.counters).toMatchObject({ received: 0, stored: 0, bytes: 0, cleared: 1 })
    expect(log.awaitingRelease).toEqual([1])
    expect(await log.write([message()])).toBe(CHUNK_ENTRIES + 3)
    expect(await all(log)).toEqual(stored([message()], CHUNK_ENTRIES + 3))
  })

  test('[LG7] leaves nothing of it in the database but its record', async () => {
    await log.write(messages(CHUNK_ENTRIES + 3))
    await log.clear()
    expect(await keysOf(database)).toEqual({ chunks: 0, heads: 0, tail: 0, kept: 0, logs: 1 })
  })

  test('[LG7] that fails leaves it as it was', async () => {
    await log.write(messages(CHUNK_ENTRIES + 3))
    const restore = failing('put')
    expect(await failureOf(log.clear())).toMatchObject({ what: 'log', cause: 'quota' })
    restore()
    expect(await all(log)).toHaveLength(CHUNK_ENTRIES + 3)
    expect(await all(await reopen())).toHaveLength(CHUNK_ENTRIES + 3)
  })

  test('[LG5] the cache forgets its chunks, even those that were just being read', async () => {
    await log.write(messages(CHUNK_ENTRIES))
    log = await reopen()
    const reading = log.read(0, Infinity)
    await log.clear()
    await reading
    expect(database.cache.get(one, 0)).toBeUndefined()
  })

  test('[LG7] deleted for good, a log leaves nothing, and begins anew', async () => {
    await log.write(messages(CHUNK_ENTRIES + 3))
    const other = await MessageLog.open(database, two)
    await other.write(messages(2))
    await deleteLog(database, one)
    expect(await keysOf(database)).toEqual({ chunks: 0, heads: 0, tail: 1, kept: 0, logs: 1 })
    expect(database.cache.get(one, 0)).toBeUndefined()
    const again = await MessageLog.open(database, one)
    expect([again.start, again.end, again.counters.cleared]).toEqual([0, 0, 0])
  })
})

describe('a write that fails', () => {
  test.each([
    ['put', 'quota'],
    ['abort', 'quota'],
  ] as const)('[LG10] changes nothing, in memory or on disk (%s)', async (how, cause) => {
    await log.write(messages(CHUNK_ENTRIES - 2), { awaitingRelease: [1] })
    const before = { entries: await shortly(log), counters: log.counters }
    const restore = failing(how)
    const failure = await failureOf(log.write(messages(5), { awaitingRelease: [2], dropped: 9 }))
    restore()
    expect(failure).toMatchObject({ code: 'storage', what: 'log', cause })
    expect({ entries: await shortly(log), counters: log.counters }).toEqual(before)
    expect(log.awaitingRelease).toEqual([1])
    log = await reopen()
    expect({ entries: await shortly(log), counters: log.counters }).toEqual(before)
    expect(await log.write(messages(5))).toBe(CHUNK_ENTRIES - 2)
  })

  test('[LG10] is followed by one that succeeds with the same seq', async () => {
    const restore = failing('put')
    await failureOf(log.write([message({ topic: 'lost' })]))
    restore()
    expect(await log.write([message({ topic: 'kept' })])).toBe(0)
    expect(await all(await reopen())).toEqual(stored([message({ topic: 'kept' })]))
  })

  test('[LG10] because the memory ran out is a failure of storage too', async () => {
    const Original = ArrayBuffer
    vi.stubGlobal(
      'ArrayBuffer',
      class extends Original {
        constructor() {
          super(0)
          throw new RangeError('Array buffer allocation failed')
        }
      },
    )
    const failure = failureOf(log.write([message()]))
    await failure.finally(() => vi.unstubAllGlobals())
    expect(await failure).toMatchObject({ what: 'log', cause: 'other' })
    expect(log.end).toBe(0)
  })

  test('[LG10] because the database is closed, like every read, is reported as unavailable', async () => {
    await log.write(messages(CHUNK_ENTRIES))
    database.cache.forget(one)
    database.stores.close()
    for (const work of [
      () => log.write([message()]),
      () => log.clear(),
      () => log.setSeen(1),
      () => log.read(0, 10),
      () => log.select({}, 0),
      () => MessageLog.open(database, one),
      () => deleteLog(database, one),
    ]) {
      expect(await failureOf(work())).toMatchObject({ what: 'log', cause: 'unavailable' })
    }
  })
})

describe('what the reader has seen', () => {
  test('[LG11] only grows, and to no more than was received', async () => {
    await log.write(messages(5))
    for (const [said, expected] of [
      [2, 2],
      [1, 2],
      [99, 5],
      [-1, 5],
    ] as const) {
      await log.setSeen(said)
      expect(log.counters.seen).toBe(expected)
    }
    log = await reopen()
    expect(log.counters.seen).toBe(5)
    await log.clear()
    expect(log.counters.seen).toBe(0)
  })

  test('[LG11] stays as it was when it cannot be stored', async () => {
    await log.write(messages(5))
    const restore = failing('put')
    await failureOf(log.setSeen(3))
    restore()
    expect(log.counters.seen).toBe(0)
    await log.setSeen(3)
    expect(log.counters.seen).toBe(3)
  })
})
