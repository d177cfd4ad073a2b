import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { STORES } from './database.ts'
import { version1, writeVersion1 } from './fixtures/version1.ts'
import { version2, writeVersion2 } from './fixtures/version2.ts'
import { openLogs } from './inDatabase.ts'
import { MessageLog } from './messageLog.ts'
import { MIGRATIONS } from './migrations.ts'
import { message, plain } from './sample.ts'

/** One for each version there ever was; the key is the version. A new migration needs its own. */
const FIXTURES = {
  // Version 1 did not count what was let go, because nothing was.
  1: {
    write: writeVersion1,
    expected: {
      ...version1,
      counters: { ...version1.counters, letGo: 0 },
      received: [10, 11],
    },
  },
  2: { write: writeVersion2, expected: version2 },
}

const first = 'aaaaaaaaaaaaaaaa' as ConnectionId

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('migrations of the log', () => {
  test('[LG14] every version that a browser may still hold has a fixture', () => {
    expect(Object.keys(FIXTURES)).toEqual(MIGRATIONS.map((_, i) => String(i + 1)))
  })

  test.each(Object.entries(FIXTURES))(
    '[LG14] a log of version %s is opened and has lost nothing',
    async (version, { write, expected }) => {
      await write()
      const versions = await indexedDB.databases()
      expect(versions.map((one) => one.version)).toEqual([Number(version)])
      const database = await openLogs()
      expect(database.stores.version).toBe(MIGRATIONS.length)
      const log = await MessageLog.open(database, first)
      const { start, end, lastTime, awaitingRelease, counters } = log
      expect({ start, end, lastTime, awaitingRelease, counters }).toEqual({
        start: expected.start,
        end: expected.end,
        lastTime: expected.lastTime,
        awaitingRelease: expected.awaitingRelease,
        counters: expected.counters,
      })
      expect(plain(await log.read(0, Infinity))).toEqual(expected.entries)
      expect(await log.select({ direction: 'in' }, 0)).toEqual(expected.received)
    },
  )

  test.each(Object.entries(FIXTURES))(
    '[LG14] a log of version %s goes on with the next seq',
    async (_, { write, expected }) => {
      await write()
      const log = await MessageLog.open(await openLogs(), first)
      expect(await log.write([message({ topic: 'new' })])).toBe(expected.end)
      const entries = plain(await log.read(0, Infinity))
      expect(entries.slice(0, -1)).toEqual(expected.entries)
      expect(entries.at(-1)).toMatchObject({ seq: expected.end, topic: 'new' })
    },
  )

  test('[LG14] a browser that holds nothing gets all stores', async () => {
    const { stores } = await openLogs()
    expect([...stores.objectStoreNames].sort()).toEqual([...STORES].sort())
  })
})
