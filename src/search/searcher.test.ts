import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { parseSearch } from '@/core/search/parseSearch.ts'
import { encodeUtf8 } from '@/core/text.ts'
import { openLogDatabase, type LogDatabase } from '@/log/database.ts'
import { LogReader } from '@/log/logReader.ts'
import { MessageLog } from '@/log/messageLog.ts'
import { message } from '@/log/sample.ts'
import { nextTurn } from './nextTurn.ts'
import type { SearchEvent } from './protocol.ts'
import { Searcher } from './searcher.ts'

vi.setConfig({ testTimeout: 30_000 })

const one = '1'.repeat(16) as ConnectionId

let database: LogDatabase
let log: MessageLog
let searcher: Searcher
let events: SearchEvent[]
let running: Promise<void>

const ignore = () => undefined

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await openLogDatabase({
    onBlocked: ignore,
    onSuperseded: ignore,
    onTerminated: ignore,
  })
  log = await MessageLog.open(database, one)
  events = []
  running = Promise.resolve()
  let time = 0
  searcher = new Searcher({
    emit: (event) => events.push(event),
    // Each look at the clock takes a while, so that telling and breathing happen now and then.
    now: () => (time += 3),
    nextTurn,
  })
})

afterEach(async () => {
  searcher.stop()
  await running
})

/** Message number n says its number, and every tenth that it is special. */
async function write(from: number, to: number) {
  const numbers = Array.from({ length: to - from }, (_, i) => from + i)
  const entries = numbers.map((n) =>
    message({
      payload: encodeUtf8(n % 10 === 0 ? `special ${n}` : `plain ${n}`),
      topic: `t/${n % 3}`,
    }),
  )
  for (let at = 0; at < entries.length; at += 3_000) await log.write(entries.slice(at, at + 3_000))
}

function begin(text: string, id = 1) {
  const search = parseSearch(text, {
    ...{ now: 0, today: { year: 2026, month: 1, day: 1 }, at: () => 0 },
  })
  if (!('terms' in search)) throw new Error(search.code)
  running = searcher.begin({ type: 'begin', id, connection: one, search })
}

/** The hits as a page has them after all events of a search. */
function hits(id = 1): number[] {
  let all: number[] = []
  for (const event of events) {
    if (!('id' in event) || event.id !== id) continue
    if (event.type === 'emptied') all = []
    if (event.type === 'found') all = [...event.older, ...all, ...event.newer]
    if (event.type === 'shortened')
      all = [...event.kept, ...all.filter((seq) => seq >= event.start)]
  }
  return all
}

const isDone = (id = 1) => {
  const found = events.findLast((event) => event.type === 'found')
  return found?.type === 'found' && found.id === id && found.tested === found.total
}

async function settled(id = 1) {
  await vi.waitFor(() => expect(isDone(id)).toBe(true), { timeout: 10_000, interval: 5 })
}

async function look(count: number) {
  searcher.look()
  await vi.waitFor(() => expect(hits()).toHaveLength(count), { timeout: 10_000, interval: 5 })
}

const specials = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => from + i).filter((n) => n % 10 === 0)

describe('a search of a whole log', () => {
  test('[SX1] finds every hit once, in order, across sealed chunks and the open one', async () => {
    await write(0, 30_000)
    begin('special')
    await settled()
    expect(hits()).toEqual(specials(0, 30_000))
    const last = events.at(-1)
    expect(last).toMatchObject({ type: 'found', tested: 30_000, total: 30_000 })
  })

  test('[SX1] tells the newest hits first, and how far it is', async () => {
    await write(0, 30_000)
    begin('special')
    await settled()
    const found = events.filter((event) => event.type === 'found')
    expect(found.length).toBeGreaterThan(1)
    expect(found[0]?.older.at(-1)).toBe(29_990)
    const tested = found.map((event) => event.tested)
    expect(tested).toEqual(tested.toSorted((a, b) => a - b))
    expect(tested[0]).toBeLessThan(30_000)
  })

  test('[SX1] finds nothing in an empty log, and says that it is done', async () => {
    begin('special')
    await settled()
    expect(events).toEqual([
      { type: 'emptied', id: 1, cleared: 0 },
      expect.objectContaining({ type: 'found', older: [], newer: [], tested: 0, total: 0 }),
      ...events.slice(2),
    ])
  })

  test('[SX2] uses the log that was opened for it ahead', async () => {
    const open = vi.spyOn(LogReader, 'open')
    await write(0, 20)
    searcher.prepare(one)
    expect(open).toHaveBeenCalledTimes(1)
    begin('special')
    await settled()
    expect(hits()).toEqual([0, 10])
    expect(open).toHaveBeenCalledTimes(1)
    open.mockRestore()
  })

  test('[SX2] reads no body where heads answer', async () => {
    await write(0, 10_000)
    const get = vi.spyOn(IDBObjectStore.prototype, 'get')
    begin('topic:t/1')
    await settled()
    const stores = get.mock.contexts.map((store) => (store as IDBObjectStore).name)
    expect(stores).not.toContain('chunks')
    get.mockRestore()
    expect(hits()).toHaveLength(3_333)
  })

  test('[SX2] reads no chunk a second time for the next search', async () => {
    await write(0, 10_000)
    begin('special')
    await settled()
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    begin('plain', 2)
    await settled(2)
    const stores = transaction.mock.calls.map(([names]) => names)
    transaction.mockRestore()
    expect(stores).toEqual([['logs', 'heads', 'tail', 'kept']])
    expect(hits(2)).toHaveLength(9_000)
  })
})

describe('a search goes on', () => {
  test('[SX3] with what comes, also in chunks that were sealed in the meantime', async () => {
    await write(0, 5_000)
    begin('special')
    await settled()
    await write(5_000, 5_011)
    await look(502)
    await write(5_011, 18_000)
    await look(1_800)
    expect(hits()).toEqual(specials(0, 18_000))
    const done = events.findIndex((event) => event.type === 'found' && event.tested === 5_000)
    const after = events.slice(done).filter((event) => event.type === 'found')
    expect(after.filter(({ tested, total }) => tested < total)).toEqual([])
  })

  test('[SX3] with what comes while it is still in the past', async () => {
    await write(0, 30_000)
    begin('special')
    await vi.waitFor(() => expect(events.length).toBeGreaterThan(1), { interval: 1 })
    await write(30_000, 30_100)
    searcher.look()
    await vi.waitFor(() => expect(hits()).toHaveLength(3_010), { interval: 5, timeout: 10_000 })
    expect(hits()).toEqual(specials(0, 30_100))
  })

  test('[SX4] anew when the log was emptied', async () => {
    await write(0, 5_000)
    begin('special')
    await settled()
    await log.clear()
    await write(5_000, 5_020)
    await look(2)
    expect(hits()).toEqual([5_000, 5_010])
    expect(events).toContainEqual({ type: 'emptied', id: 1, cleared: 1 })
  })

  test('[SX4] without what the log let go', async () => {
    const payload = encodeUtf8('special')
    await log.write([message({ topic: 'rare', payload }), message({ topic: 'other' })])
    await write(2, 20_000)
    begin('special')
    await settled()
    expect(hits()).toEqual([0, ...specials(2, 20_000)])
    await log.letGo({ messages: 10_000, bytes: 1e9 }, 0)
    const { start } = log
    expect(start).toBeGreaterThan(5_000)
    expect(log.kept).toEqual([0, 1])
    // What the log kept of the past is found by the search that was there, and by a new one.
    searcher.look()
    await vi.waitFor(() => expect(hits()).toEqual([0, ...specials(start, 20_000)]), { interval: 5 })
    begin('special', 2)
    await settled(2)
    expect(hits(2)).toEqual([0, ...specials(start, 20_000)])
  })
})

describe('a search ends', () => {
  test('[SX5] when another one begins, and says nothing more', async () => {
    await write(0, 30_000)
    begin('special')
    const first = running
    begin('plain', 2)
    await first
    await settled(2)
    const afterSecond = events.findIndex((event) => 'id' in event && event.id === 2)
    expect(events.slice(afterSecond).every((event) => !('id' in event) || event.id === 2)).toBe(
      true,
    )
  })

  test('[SX5] when it is stopped', async () => {
    await write(0, 30_000)
    begin('special')
    await vi.waitFor(() => expect(events.length).toBeGreaterThan(0), { interval: 1 })
    searcher.stop()
    const { length } = events
    await running
    expect(events).toHaveLength(length)
  })

  test('[SX6] with the reason when the log cannot be read', async () => {
    await write(0, 30_000)
    const spy = vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('gone', 'InvalidStateError')
    })
    begin('special')
    await running
    spy.mockRestore()
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'failed', id: 1 },
      failure: { code: 'storage', what: 'log', cause: 'unavailable' },
    })
    begin('special', 2)
    await settled(2)
    expect(hits(2)).toHaveLength(3_000)
  })

  test('[SX6] and gives way to a build that changes the database', async () => {
    await write(0, 100)
    begin('special')
    await settled()
    database.stores.close()
    await new Promise<void>((resolve, reject) => {
      const opening = indexedDB.open('mqtab-log', 99)
      opening.onsuccess = () => {
        opening.result.close()
        resolve()
      }
      opening.onerror = () => reject(new Error('It was not opened'))
    })
    searcher.look()
    await vi.waitFor(() => expect(events.at(-1)?.type).toBe('failed'), { interval: 5 })
    await running
  })
})
