import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, expect, test } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { DEFAULT_RETENTION } from '@/core/retention.ts'
import type { LogDatabase } from './database.ts'
import { deleteLog } from './deleteLog.ts'
import { failing, failureOf, openLogs } from './inDatabase.ts'
import { MessageLog } from './messageLog.ts'
import { CHUNK_ENTRIES } from './openChunk.ts'
import { message, messages } from './sample.ts'

const one = '1'.repeat(16) as ConnectionId
const out = (qos: 0 | 1 | 2) => message({ direction: 'out', qos })

let database: LogDatabase
let log: MessageLog

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await openLogs()
  log = await MessageLog.open(database, one)
})

/** The log as the next start of the engine finds it. */
async function reopen(): Promise<MessageLog> {
  database.stores.close()
  database = await openLogs()
  return MessageLog.open(database, one)
}

test('[IF2] a published message of QoS 1 or 2 is unacknowledged from the write that stores it', async () => {
  await log.write([message({ qos: 2 }), out(0), out(1)])
  await log.write([out(2), message()])
  expect(log.unacknowledged).toEqual([2, 3])
  expect((await reopen()).unacknowledged).toEqual([2, 3])
})

test('[IF2] it is no longer so when that is written, and stays so where that fails', async () => {
  await log.write([out(1), out(1), out(1)])
  await log.settle([2, 0, 77])
  expect(log.unacknowledged).toEqual([1])
  const repair = failing('put')
  expect(await failureOf(log.settle([1]))).toMatchObject({ what: 'log', cause: 'quota' })
  repair()
  expect(log.unacknowledged).toEqual([1])
  expect((await reopen()).unacknowledged).toEqual([1])
})

test('[IF2] a log that an earlier build has written has none', async () => {
  await log.write([out(1)])
  const record = await database.stores.get('logs', one)
  if (!record) throw new Error('There is no record')
  Reflect.deleteProperty(record, 'unacknowledged')
  await database.stores.put('logs', record, one)
  expect((await reopen()).unacknowledged).toEqual([])
})

test('[IF8] clearing and deleting a log leave none', async () => {
  await log.write([out(1)])
  await log.clear()
  expect(log.unacknowledged).toEqual([])
  await log.write([out(1)])
  expect(log.unacknowledged).toEqual([1])
  await deleteLog(database, one)
  expect((await reopen()).unacknowledged).toEqual([])
})

test('[IF8] one that is let go is none, and one that stays is one', async () => {
  const gone = message({ direction: 'out', qos: 1, topic: 'spoken again' })
  const kept = message({ direction: 'out', qos: 1, topic: 'rare' })
  await log.write([gone, kept, ...messages(CHUNK_ENTRIES - 2)])
  await log.write([message({ topic: 'spoken again' }), out(1)])
  await log.letGo({ ...DEFAULT_RETENTION, messages: 10 }, Date.now())
  expect(log.start).toBe(CHUNK_ENTRIES)
  expect(log.unacknowledged).toEqual([1, CHUNK_ENTRIES + 1])
  expect((await reopen()).unacknowledged).toEqual(log.unacknowledged)
})
