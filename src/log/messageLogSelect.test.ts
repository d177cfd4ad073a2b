import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import type { LogDatabase } from './database.ts'
import type { LogEntry } from './entry.ts'
import { openLogs } from './inDatabase.ts'
import { MessageLog } from './messageLog.ts'
import { CHUNK_BYTES, CHUNK_ENTRIES } from './openChunk.ts'
import { message, messages } from './sample.ts'

vi.setConfig({ testTimeout: 30_000 })

const one = '1'.repeat(16) as ConnectionId
const mark: LogEntry = { kind: 'mark', time: 5, mark: { type: 'session', present: false } }

let database: LogDatabase
let log: MessageLog

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await openLogs()
  log = await MessageLog.open(database, one)
})

describe('selecting in a log', () => {
  test('[LG12] finds messages across sealed chunks and the open one, and no marks', async () => {
    await log.write([message({ topic: 'a' }), mark, ...messages(CHUNK_ENTRIES - 2)])
    await log.write([message({ topic: 'b' }), message({ topic: 'a', direction: 'out' })])
    const ofA = { matchesTopic: (topic: string) => topic === 'a' }
    expect(await log.select(ofA, 0)).toEqual([0, CHUNK_ENTRIES + 1])
    expect(await log.select({ ...ofA, direction: 'in' }, 0)).toEqual([0])
    expect(await log.select({ direction: 'out' }, 0)).toEqual([CHUNK_ENTRIES + 1])
    expect(await log.select({}, 0)).toHaveLength(CHUNK_ENTRIES + 1)
  })

  test.each([
    [0, 8292],
    [4095, 4197],
    [4096, 4196],
    [8191, 101],
    [8192, 100],
    [8291, 1],
    [8292, 0],
    [99_999, 0],
  ])('[LG12] from %i on it finds %i', async (from, count) => {
    await log.write(messages(2 * CHUNK_ENTRIES + 100))
    const found = await log.select({}, from)
    expect(found).toHaveLength(count)
    expect(found[0]).toBe(count > 0 ? from : undefined)
    expect(found.at(-1)).toBe(count > 0 ? 8291 : undefined)
  })

  test('[LG12] reads no more heads than it must, and no payload', async () => {
    await log.write(messages(2 * CHUNK_ENTRIES + 100))
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction')
    await log.select({}, 2 * CHUNK_ENTRIES)
    expect(transaction).not.toHaveBeenCalled()
    await log.select({}, 0)
    expect(transaction.mock.calls.map(([stores]) => stores)).toEqual(['heads'])
    transaction.mockRestore()
  })

  test('[LG12] finds everything where there are more chunks than it reads heads at once', async () => {
    const payload = new Uint8Array(CHUNK_BYTES + 1)
    const large = Array.from({ length: 130 }, (_, i) => message({ topic: String(i % 2), payload }))
    await log.write(large)
    const odd = Array.from({ length: 65 }, (_, i) => 2 * i + 1)
    expect(await log.select({ matchesTopic: (topic) => topic === '1' }, 0)).toEqual(odd)
  })

  test('[LG12] finds nothing that was cleared', async () => {
    await log.write(messages(CHUNK_ENTRIES + 5))
    await log.clear()
    await log.write([message()])
    expect(await log.select({}, 0)).toEqual([CHUNK_ENTRIES + 5])
  })
})
