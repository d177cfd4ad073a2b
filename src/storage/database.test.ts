import 'fake-indexeddb/auto'
import { forceCloseDatabase, IDBFactory } from 'fake-indexeddb'
import { unwrap } from 'idb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import { DEFAULT_SETTINGS } from '@/core/settings.ts'
import { StorageError } from '@/core/storageError.ts'
import type { Database } from './database.ts'
import { readDraft, saveDraft } from './drafts.ts'
import { MIGRATIONS } from './migrations.ts'
import { listProfiles, markProfileDeleted, removeProfile, saveProfile } from './profiles.ts'
import { dump, one, open, profile } from './sample.ts'
import { readSettings, saveSettings } from './settings.ts'
import { readSubscriptions, saveSubscriptions } from './subscriptions.ts'
import { listWanted, saveWanted } from './wanted.ts'

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

afterEach(() => vi.restoreAllMocks())

/** The failure that a read or write rejects with. */
async function failureOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => new Error('It did not fail'),
    (reason: unknown) => reason,
  )
  if (error instanceof StorageError) return error.failure
  throw error
}

/** Opens the database behind the back of the code, as another tab does. */
function openElsewhere(version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('mqtab', version)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(new Error(request.error?.message))
  })
}

const writes: [string, (database: Database) => Promise<unknown>][] = [
  ['profiles', (database) => saveProfile(database, profile(one, { name: 'changed' }))],
  ['profiles', (database) => markProfileDeleted(database, one, 5)],
  ['profiles', (database) => saveWanted(database, [one], 5)],
  [
    'subscriptions',
    (database) => saveSubscriptions(database, one, { list: [], confirmed: [], toUnsubscribe: [] }),
  ],
  ['drafts', (database) => saveDraft(database, one, BLANK_DRAFT)],
  ['settings', (database) => saveSettings(database, DEFAULT_SETTINGS)],
]

const reads: [string, (database: Database) => Promise<unknown>][] = [
  ['profiles', listProfiles],
  ['profiles', listWanted],
  ['subscriptions', (database) => readSubscriptions(database, one)],
  ['drafts', (database) => readDraft(database, one)],
  ['settings', readSettings],
]

describe('a write that does not succeed', () => {
  test.each(writes)(
    '[ST8] because the disk is full says so and changes nothing (%s)',
    async (what, write) => {
      const database = await open()
      await saveProfile(database, profile(one))
      const before = await dump(database)
      const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
        throw new DOMException('The disk is full', 'QuotaExceededError')
      })
      expect(await failureOf(write(database))).toMatchObject({ what, cause: 'quota' })
      put.mockRestore()
      expect(await dump(database)).toEqual(before)
    },
  )

  test('[ST8] because the disk is full when it is committed says so too', async () => {
    const database = await open()
    after('put', ({ transaction }) => abortForQuota(transaction))
    const failure = await failureOf(saveProfile(database, profile(one)))
    expect(failure).toMatchObject({ what: 'profiles', cause: 'quota' })
    vi.restoreAllMocks()
    expect((await listProfiles(database)).value).toEqual([])
  })

  test('[ST8] because a value cannot be stored changes nothing', async () => {
    const database = await open()
    const bad = { ...BLANK_DRAFT, topic: (() => 'no text') as unknown as string }
    expect(await failureOf(saveDraft(database, one, bad))).toMatchObject({
      what: 'drafts',
      cause: 'other',
    })
    expect(await readDraft(database, one)).toEqual(BLANK_DRAFT)
  })

  test('[ST8] leaves the next one alone', async () => {
    const database = await open()
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('The disk is full', 'QuotaExceededError')
    })
    await failureOf(saveProfile(database, profile(one)))
    await saveProfile(database, profile(one))
    expect((await listProfiles(database)).value).toHaveLength(1)
  })

  test('[ST8] half of a removal is none', async () => {
    const database = await open()
    await saveProfile(database, profile(one))
    await saveWanted(database, [one], 5)
    const before = await dump(database)
    after('delete', ({ name, transaction }) => {
      if (name === 'wanted') transaction.abort()
    })
    await failureOf(removeProfile(database, one))
    expect(await dump(database)).toEqual(before)
  })
})

describe('a database that is not there any more', () => {
  test.each([...reads, ...writes])('[ST8] is reported as unavailable (%s)', async (what, work) => {
    const database = await open()
    database.close()
    expect(await failureOf(work(database))).toMatchObject({ what, cause: 'unavailable' })
  })

  test('[ST8] where there is no IndexedDB at all, opening says so', async () => {
    vi.stubGlobal('indexedDB', undefined)
    expect(await failureOf(open())).toMatchObject({ what: 'profiles' })
    vi.unstubAllGlobals()
  })

  test('[ST8] where IndexedDB is forbidden, opening says so', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('Not in this mode', 'SecurityError')
    })
    expect(await failureOf(open())).toMatchObject({ cause: 'unavailable' })
  })
})

describe('other tabs', () => {
  test('[ST9] a database of a newer build is refused and left as it is', async () => {
    const database = await open()
    await saveProfile(database, profile(one))
    database.close()
    const newer = await openElsewhere(MIGRATIONS.length + 1)
    newer.close()
    expect(await failureOf(open())).toMatchObject({ what: 'profiles', cause: 'newer' })
    const after = await openElsewhere()
    expect(after.version).toBe(MIGRATIONS.length + 1)
    const count = after.transaction('profiles').objectStore('profiles').count()
    await new Promise((resolve) => (count.onsuccess = resolve))
    expect(count.result).toBe(1)
  })

  test('[ST9] ours gives way to a newer build, says so, and is unavailable from then on', async () => {
    const onSuperseded = vi.fn()
    const database = await open({ onSuperseded })
    const newer = await openElsewhere(MIGRATIONS.length + 1)
    expect(onSuperseded).toHaveBeenCalledOnce()
    expect(await failureOf(listProfiles(database))).toMatchObject({ cause: 'unavailable' })
    newer.close()
  })

  test('[ST9] ours gives way when the database is deleted', async () => {
    const onSuperseded = vi.fn()
    await open({ onSuperseded })
    const request = indexedDB.deleteDatabase('mqtab')
    await new Promise((resolve) => (request.onsuccess = resolve))
    expect(onSuperseded).toHaveBeenCalledOnce()
  })

  test('[ST9] an older build that keeps its connection is waited for, and that is said', async () => {
    await open().then((database) => database.close())
    const older = await openElsewhere()
    vi.doMock('./migrations.ts', () => ({ MIGRATIONS: [...MIGRATIONS, () => undefined] }))
    vi.resetModules()
    const { openDatabase } = await import('./database.ts')
    const onBlocked = vi.fn(() => older.close())
    const newer = await openDatabase({
      onBlocked,
      onSuperseded: () => undefined,
      onTerminated: () => undefined,
    })
    vi.doUnmock('./migrations.ts')
    expect(onBlocked).toHaveBeenCalledOnce()
    expect(newer.version).toBe(MIGRATIONS.length + 1)
  })

  test('[ST9] what the browser closes is reported', async () => {
    const onTerminated = vi.fn()
    const database = await open({ onTerminated })
    // Its types ask for the class, where its code wants a database.
    forceCloseDatabase(unwrap(database) as never)
    await new Promise((resolve) => setTimeout(resolve))
    expect(onTerminated).toHaveBeenCalledOnce()
  })
})

/** Does something behind every call of a method of stores, until the mocks are restored. */
function after(method: 'put' | 'delete', action: (store: IDBObjectStore) => void): void {
  type Method = (this: IDBObjectStore, ...words: unknown[]) => IDBRequest
  const prototype = IDBObjectStore.prototype as unknown as Record<typeof method, Method>
  const original = prototype[method]
  vi.spyOn(prototype, method).mockImplementation(function (this: IDBObjectStore, ...words) {
    const request = original.apply(this, words)
    action(this)
    return request
  })
}

/** What a browser does when there is no room: fake-indexeddb has room for everything. */
function abortForQuota(transaction: IDBTransaction): void {
  ;(transaction as unknown as { _abort: (reason: string) => void })._abort('QuotaExceededError')
}
