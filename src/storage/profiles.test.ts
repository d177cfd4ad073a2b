import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Database } from './database.ts'
import { saveDraft } from './drafts.ts'
import {
  listProfiles,
  markProfileDeleted,
  removeProfile,
  restoreProfile,
  saveProfile,
} from './profiles.ts'
import { dump, one, open, plant, profile, three, two } from './sample.ts'
import { saveSubscriptions } from './subscriptions.ts'
import { saveWanted } from './wanted.ts'
import { BLANK_DRAFT } from '@/core/draft.ts'

let database: Database

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await open()
})

async function names(): Promise<string[]> {
  return (await listProfiles(database)).value.map(({ profile: { name } }) => name)
}

describe('profiles', () => {
  test('[ST1] come back as they were saved, whatever is in them', async () => {
    const whole = profile(one, {
      name: 'Größe 温度',
      username: 'me',
      password: 'p\0ssword',
      version: '3.1',
      connectTimeout: 5,
      keepAlive: 0,
      cleanSession: false,
      autoReconnect: false,
      reconnectPeriod: 4000,
      properties: {
        sessionExpiryInterval: 4_294_967_295,
        receiveMaximum: 1,
        maximumPacketSize: 2,
        topicAliasMaximum: 0,
        requestResponseInformation: true,
        requestProblemInformation: false,
        authenticationMethod: '',
        userProperties: [
          { name: 'a', value: '1' },
          { name: 'a', value: '1' },
        ],
      },
      will: {
        topic: 'gone',
        payload: 'offline',
        qos: 2,
        retain: true,
        properties: {
          willDelayInterval: 0,
          payloadFormatIndicator: true,
          messageExpiryInterval: 1,
          contentType: 'text/plain',
          responseTopic: 'r',
          correlationData: 'c',
          userProperties: [{ name: '', value: '' }],
        },
      },
    })
    await saveProfile(database, whole)
    const { value, issues } = await listProfiles(database)
    expect(value.map((stored) => stored.profile)).toEqual([whole])
    expect(issues).toEqual([])
  })

  test('[ST1] stand in the order in which they were made, whatever their ids and times', async () => {
    await saveProfile(database, profile(three, { name: 'first' }))
    await saveProfile(database, profile(one, { name: 'second', createdAt: 5 }))
    await saveProfile(database, profile(two, { name: 'third' }))
    expect(await names()).toEqual(['first', 'second', 'third'])
  })

  test('[ST1] keep their place when they are saved again', async () => {
    await saveProfile(database, profile(one, { name: 'first' }))
    await saveProfile(database, profile(two, { name: 'second' }))
    await saveProfile(database, profile(one, { name: 'first, changed' }))
    expect(await names()).toEqual(['first, changed', 'second'])
  })

  test('[ST1] that were saved at once do not get the same place', async () => {
    const ids = [three, one, two]
    await Promise.all(ids.map((id, i) => saveProfile(database, profile(id, { name: String(i) }))))
    expect(await names()).toEqual(['0', '1', '2'])
  })

  test('[ST1] a new one comes behind one that was deleted', async () => {
    await saveProfile(database, profile(two, { name: 'deleted' }))
    await markProfileDeleted(database, two, 1)
    await saveProfile(database, profile(one, { name: 'new' }))
    expect(await names()).toEqual(['deleted', 'new'])
  })

  test('[ST1] survive the end of the engine', async () => {
    await saveProfile(database, profile(one))
    database.close()
    database = await open()
    expect(await names()).toHaveLength(1)
  })
})

describe('deleting a profile', () => {
  test('[ST2] marks it with the time, and the undo takes the mark away', async () => {
    await saveProfile(database, profile(one))
    await markProfileDeleted(database, one, 1234)
    const [marked] = (await listProfiles(database)).value
    expect(marked).toMatchObject({ profile: profile(one), deletedAt: 1234 })
    await restoreProfile(database, one)
    const [restored] = (await listProfiles(database)).value
    expect(restored).toMatchObject({ profile: profile(one) })
    expect(restored).not.toHaveProperty('deletedAt')
  })

  test('[ST2] of one that is not there does nothing, and neither does its undo', async () => {
    await markProfileDeleted(database, one, 1)
    await restoreProfile(database, one)
    await removeProfile(database, one)
    expect(await listProfiles(database)).toEqual({ value: [], issues: [] })
  })

  test('[ST2] for good removes all that was kept for it, and nothing of others', async () => {
    const subscriptions = { list: [], confirmed: [], toUnsubscribe: ['a'] }
    for (const id of [one, two]) {
      await saveProfile(database, profile(id))
      await saveSubscriptions(database, id, subscriptions)
      await saveDraft(database, id, BLANK_DRAFT)
      await saveWanted(database, [id], 7)
    }
    await removeProfile(database, one)
    const left = await dump(database)
    expect(Object.values(left).map((entries) => entries.map(([key]) => key))).toEqual([
      [two],
      [two],
      [two],
      [],
      [two],
    ])
  })
})

describe('a profile that another build wrote', () => {
  /** Reads a stored profile with some fields replaced. */
  async function read(differences: Record<string, unknown>) {
    const value = { profile: { ...profile(one), ...differences }, position: 0 }
    await plant(database, 'profiles', one, value)
    return (await listProfiles(database)).value[0]?.profile
  }

  test.each([
    ['name', 5, 'broker.example.com'],
    ['clientId', null, ''],
    ['username', {}, ''],
    ['password', 1, ''],
    ['path', undefined, ''],
    ['version', '6.0', '5.0'],
    ['connectTimeout', -1, 10],
    ['connectTimeout', '10', 10],
    ['keepAlive', 1.5, 30],
    ['keepAlive', NaN, 30],
    ['cleanSession', 'yes', true],
    ['autoReconnect', 0, true],
    ['reconnectPeriod', Infinity, 1000],
    ['createdAt', 'yesterday', 0],
    ['properties', [], { userProperties: [] }],
    [
      'properties',
      { receiveMaximum: 'many', topicAliasMaximum: 3 },
      { topicAliasMaximum: 3, userProperties: [] },
    ],
    [
      'properties',
      { userProperties: [{ name: 'a', value: 'b' }, 5, { name: 'c' }, null] },
      {
        userProperties: [
          { name: 'a', value: 'b' },
          { name: 'c', value: '' },
        ],
      },
    ],
    ['will', 'none', profile(one).will],
    ['will', { topic: 'gone', qos: 7 }, { ...profile(one).will, topic: 'gone' }],
    [
      'will',
      {
        topic: 'gone',
        properties: { willDelayInterval: -1, contentType: 'x', payloadFormatIndicator: 1 },
      },
      { ...profile(one).will, topic: 'gone', properties: { contentType: 'x', userProperties: [] } },
    ],
  ])('[ST3] with %s as %j reads it as %j and keeps the rest', async (field, stored, expected) => {
    expect(await read({ [field]: stored })).toEqual({ ...profile(one), [field]: expected })
  })

  test('[ST3] with fields that this build does not know is read without them', async () => {
    expect(await read({ mood: 'good' })).toEqual(profile(one))
  })

  test('[ST3] as little as the broker is enough', async () => {
    const address = { scheme: 'ws', host: 'h', port: 1 }
    await plant(database, 'profiles', one, { profile: address })
    const found = (await listProfiles(database)).value[0]?.profile
    expect(found).toMatchObject({ ...address, id: one, name: 'h', path: '', version: '5.0' })
  })

  test.each([
    ['no profile', { position: 0 }],
    ['no host', { profile: { ...profile(one), host: undefined } }],
    ['no port', { profile: { ...profile(one), port: '8084' } }],
    ['another scheme', { profile: { ...profile(one), scheme: 'mqtt' } }],
    ['no object', 'a text'],
    ['a list', []],
    ['nothing', null],
  ])('[ST4] with %s is reported and left as it is; the others are there', async (_, value) => {
    await plant(database, 'profiles', one, value)
    await saveProfile(database, profile(two, { name: 'readable' }))
    const { value: found, issues } = await listProfiles(database)
    expect(found.map(({ profile: { id } }) => id)).toEqual([two])
    expect(issues).toMatchObject([{ code: 'storage', what: 'profiles', cause: 'other' }])
    expect(issues[0]?.detail).toContain(one)
    expect(await database.get('profiles', one)).toEqual(value)
  })
})
