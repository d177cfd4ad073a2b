import 'fake-indexeddb/auto'
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb'
import { unwrap } from 'idb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { commit } from './database.ts'
import { failureOf, keysOf, openLogs } from './inDatabase.ts'
import { MessageLog } from './messageLog.ts'
import { MIGRATIONS } from './migrations.ts'
import { messages } from './sample.ts'

const one = '1'.repeat(16) as ConnectionId

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

/** Opens the database behind the back of the code, as another tab does. */
function openElsewhere(version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('mqtab-log', version)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error(request.error?.message))
  })
}

describe('the database of logs', () => {
  test('[LG13] of a newer build is refused and left as it is', async () => {
    const database = await openLogs()
    await (await MessageLog.open(database, one)).write(messages(3))
    database.stores.close()
    ;(await openElsewhere(MIGRATIONS.length + 1)).close()
    expect(await failureOf(openLogs())).toMatchObject({ what: 'log', cause: 'newer' })
    const after = await openElsewhere()
    expect(after.version).toBe(MIGRATIONS.length + 1)
    const count = after.transaction('logs').objectStore('logs').count()
    await new Promise((resolve) => (count.onsuccess = resolve))
    expect(count.result).toBe(1)
  })

  test('[LG13] gives way to a newer build, says so, and is unavailable from then on', async () => {
    const onSuperseded = vi.fn()
    const log = await MessageLog.open(await openLogs({ onSuperseded }), one)
    ;(await openElsewhere(MIGRATIONS.length + 1)).close()
    expect(onSuperseded).toHaveBeenCalledOnce()
    expect(await failureOf(log.write(messages(1)))).toMatchObject({ cause: 'unavailable' })
  })

  test('[LG13] waits for an older build that keeps its connection, and says so', async () => {
    await openLogs().then(({ stores }) => stores.close())
    const older = await openElsewhere()
    vi.doMock('./migrations.ts', () => ({ MIGRATIONS: [...MIGRATIONS, () => undefined] }))
    vi.resetModules()
    const { openLogDatabase } = await import('./database.ts')
    const onBlocked = vi.fn(() => older.close())
    const newer = await openLogDatabase({
      onBlocked,
      onSuperseded: () => undefined,
      onTerminated: () => undefined,
    })
    vi.doUnmock('./migrations.ts')
    expect(onBlocked).toHaveBeenCalledOnce()
    expect(newer.stores.version).toBe(MIGRATIONS.length + 1)
  })

  test('[LG13] says so when the browser closes it', async () => {
    const onTerminated = vi.fn()
    const { stores } = await openLogs({ onTerminated })
    // Its types ask for the class, where its code wants a database.
    forceCloseDatabase(unwrap(stores) as never)
    await vi.waitFor(() => expect(onTerminated).toHaveBeenCalledOnce())
  })

  test('[LG10] writes all of a transaction or nothing', async () => {
    const database = await openLogs()
    const work = commit(database, function* (transaction) {
      yield transaction.objectStore('chunks').put(new ArrayBuffer(1), [one, 0])
      throw new DOMException('The disk is full', 'QuotaExceededError')
    })
    expect(await failureOf(work)).toMatchObject({ what: 'log', cause: 'quota' })
    expect(await keysOf(database)).toEqual({ chunks: 0, heads: 0, tail: 0, kept: 0, logs: 0 })
  })
})
