import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { Draft } from '@/core/draft.ts'
import { DEFAULT_SETTINGS } from '@/core/settings.ts'
import type { Database } from './database.ts'
import { readDraft, saveDraft } from './drafts.ts'
import { one, open, plant, three, two } from './sample.ts'
import { readSettings, saveSettings } from './settings.ts'
import { listWanted, removeWanted, saveWanted } from './wanted.ts'

let database: Database

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await open()
})

const draft: Draft = {
  topic: 'sensor/1',
  payload: '{ "as": typed',
  type: 'hex',
  qos: 2,
  retain: true,
  properties: {
    contentType: 'text/plain',
    responseTopic: 'answers/1',
    correlationData: '0x01',
    messageExpiryInterval: 'as typed',
    topicAlias: '7',
    payloadFormatIndicator: true,
    userProperties: [
      { name: 'b', value: '1' },
      { name: 'a', value: '2' },
      { name: 'b', value: '3' },
    ],
  },
  view: 'base64',
  density: 'table',
  times: 'since',
}

describe('drafts', () => {
  test('[ST6] come back as they were typed, each with its connection', async () => {
    await saveDraft(database, one, draft)
    expect(await readDraft(database, one)).toEqual(draft)
    expect(await readDraft(database, two)).toEqual(BLANK_DRAFT)
  })

  test.each([
    ['topic', 5],
    ['payload', null],
    ['type', 'cbor'],
    ['qos', '1'],
    ['retain', 1],
    ['view', 'picture'],
    ['density', undefined],
    ['times', 'lunar'],
  ] as const)('[ST3] with %s as %j have the blank one there', async (field, stored) => {
    await plant(database, 'drafts', one, { ...draft, [field]: stored })
    expect(await readDraft(database, one)).toEqual({ ...draft, [field]: BLANK_DRAFT[field] })
  })

  test.each([['a text'], [[]], [null]])('[ST3] as %j are blank', async (stored) => {
    await plant(database, 'drafts', one, stored)
    expect(await readDraft(database, one)).toEqual(BLANK_DRAFT)
  })
})

describe('settings', () => {
  test('[ST6] are the defaults until they are saved, and then what was saved', async () => {
    expect(await readSettings(database)).toEqual(DEFAULT_SETTINGS)
    const settings = { ...DEFAULT_SETTINGS, theme: 'dark' as const }
    await saveSettings(database, settings)
    expect(await readSettings(database)).toEqual(settings)
  })

  test('[ST3] that another build wrote are read one by one', async () => {
    await plant(database, 'settings', 'settings', { theme: 'sepia' })
    expect(await readSettings(database)).toEqual(DEFAULT_SETTINGS)
  })
})

describe('connections that should be connected', () => {
  test('[ST7] are remembered with the time when the engine was last alive', async () => {
    await saveWanted(database, [two, one], 100)
    await saveWanted(database, [one], 200)
    await saveWanted(database, [], 300)
    expect(await listWanted(database)).toEqual([
      { connection: one, lastAlive: 200 },
      { connection: two, lastAlive: 100 },
    ])
  })

  test('[ST7] are forgotten one by one', async () => {
    await saveWanted(database, [one, two], 100)
    await removeWanted(database, one)
    await removeWanted(database, three)
    expect(await listWanted(database)).toEqual([{ connection: two, lastAlive: 100 }])
  })

  test('[ST3] that another build wrote are still wanted', async () => {
    await plant(database, 'wanted', one, 'yes')
    expect(await listWanted(database)).toEqual([{ connection: one, lastAlive: 0 }])
  })
})
