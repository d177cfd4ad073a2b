import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { DEFAULT_RETENTION } from '@/core/retention.ts'
import { readDraft } from './drafts.ts'
import { version1, writeVersion1 } from './fixtures/version1.ts'
import { MIGRATIONS } from './migrations.ts'
import { listProfiles, saveProfile } from './profiles.ts'
import { one, open, profile } from './sample.ts'
import { STORES } from './schema.ts'
import { readSettings } from './settings.ts'
import { readSubscriptions, saveSubscriptions } from './subscriptions.ts'
import { listWanted } from './wanted.ts'

/** One for each version there ever was; the key is the version. A new migration needs its own. */
const FIXTURES = {
  1: { write: writeVersion1, expected: version1 },
}

const first = 'aaaaaaaaaaaaaaaa' as ConnectionId

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

function versionsInBrowser(): Promise<(number | undefined)[]> {
  return indexedDB.databases().then((all) => all.map(({ version }) => version))
}

describe('migrations', () => {
  test('[ST10] every version that a browser may still hold has a fixture', () => {
    expect(Object.keys(FIXTURES)).toEqual(MIGRATIONS.map((_, i) => String(i + 1)))
  })

  test.each(Object.entries(FIXTURES))(
    '[ST10] a database of version %s is opened and has lost nothing',
    async (version, { write, expected }) => {
      await write()
      expect(await versionsInBrowser()).toEqual([Number(version)])
      const database = await open()
      expect(database.version).toBe(MIGRATIONS.length)
      const { value, issues } = await listProfiles(database)
      expect(issues).toEqual([])
      expect(value.map((stored) => stored.profile)).toEqual(
        // What version 1 did not have yet.
        expected.profiles.map((each) => ({ ...each, retention: DEFAULT_RETENTION })),
      )
      expect(value.map(({ deletedAt }) => deletedAt)).toEqual(expected.deletedAt)
      const subscriptions = await readSubscriptions(database, first)
      expect(subscriptions.value).toEqual(expected.subscriptions)
      expect(await readDraft(database, first)).toEqual({ ...BLANK_DRAFT, ...expected.draft })
      expect(await readSettings(database)).toEqual(expected.settings)
      expect(await listWanted(database)).toEqual(expected.wanted)
    },
  )

  test.each(Object.entries(FIXTURES))(
    '[ST10] a database of version %s can be written to, and keeps what nobody can read',
    async (_, { write, expected }) => {
      await write()
      const database = await open()
      await saveProfile(database, profile(one))
      expect((await listProfiles(database)).value).toHaveLength(expected.profiles.length + 1)
      await saveSubscriptions(database, first, { list: [], confirmed: [], toUnsubscribe: [] })
      expect(await database.get('subscriptions', first)).toMatchObject({
        unreadable: expected.unreadable,
      })
    },
  )

  test('[ST10] a browser that holds nothing gets all stores', async () => {
    const database = await open()
    expect([...database.objectStoreNames].sort()).toEqual([...STORES].sort())
    expect(await versionsInBrowser()).toEqual([MIGRATIONS.length])
  })
})
