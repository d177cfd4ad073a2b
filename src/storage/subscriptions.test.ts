import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SubscriptionId } from '@/core/id.ts'
import type { Database } from './database.ts'
import { one, open, plant, subscription, two } from './sample.ts'
import type { Subscriptions } from './schema.ts'
import { readSubscriptions, saveSubscriptions } from './subscriptions.ts'

const nothing: Subscriptions = { list: [], confirmed: [], toUnsubscribe: [] }
const request = { qos: 2, noLocal: true, retainAsPublished: false, retainHandling: 1 } as const

let database: Database

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  database = await open()
})

describe('the subscriptions of a connection', () => {
  test('[ST5] come back as they were saved, in their order', async () => {
    const subscriptions: Subscriptions = {
      list: [
        subscription({ id: 'b'.repeat(16) as SubscriptionId, alias: 'second', enabled: false }),
        subscription({
          filter: '$share/g/#',
          qos: 2,
          color: 'yellow',
          subscriptionIdentifier: 7,
          noLocal: true,
          retainAsPublished: true,
          retainHandling: 2,
        }),
      ],
      confirmed: [{ filter: 'a', request, granted: 1 }],
      toUnsubscribe: ['b', 'c'],
      left: { state: 'kept', expiresAt: 1_700_000_000_000 },
    }
    await saveSubscriptions(database, one, subscriptions)
    expect(await readSubscriptions(database, one)).toEqual({ value: subscriptions, issues: [] })
  })

  test('[ST5] are none for a connection that has none', async () => {
    await saveSubscriptions(database, two, { ...nothing, toUnsubscribe: ['a'] })
    expect(await readSubscriptions(database, one)).toEqual({ value: nothing, issues: [] })
  })

  test('[ST5] are replaced as a whole', async () => {
    await saveSubscriptions(database, one, { ...nothing, list: [subscription()] })
    await saveSubscriptions(database, one, { ...nothing, toUnsubscribe: ['a'] })
    const { value } = await readSubscriptions(database, one)
    expect(value).toEqual({ ...nothing, toUnsubscribe: ['a'] })
  })
})

describe('subscriptions that another build wrote', () => {
  const list = async (...items: unknown[]) => {
    await plant(database, 'subscriptions', one, { ...nothing, list: items })
    return readSubscriptions(database, one)
  }

  test.each([
    ['qos', 3, 0],
    ['color', 'beige', 'teal'],
    ['alias', null, ''],
    ['enabled', 'no', true],
    ['noLocal', 1, false],
    ['retainAsPublished', {}, false],
    ['retainHandling', 5, 0],
  ])('[ST3] with %s as %j read it as %j and keep the rest', async (field, stored, expected) => {
    const { value, issues } = await list({ ...subscription(), [field]: stored })
    expect(value.list).toEqual([{ ...subscription(), [field]: expected }])
    expect(issues).toEqual([])
  })

  test.each([
    [{ hasSession: true }, { state: 'kept' }],
    [{ left: { state: 'kept', expiresAt: 'soon' } }, { state: 'kept' }],
    [{ left: { state: 'ended' } }, { state: 'ended' }],
    [{ left: { state: 'lent' } }, undefined],
    [{ hasSession: 1, left: 'kept' }, undefined],
  ])('[ST3] with %j know of the session %j', async (part, left) => {
    await plant(database, 'subscriptions', one, { ...nothing, ...part })
    expect((await readSubscriptions(database, one)).value.left).toEqual(left)
  })

  test('[ST3] with a bad identifier have none', async () => {
    const { value } = await list({ ...subscription(), subscriptionIdentifier: 'seven' })
    expect(value.list).toEqual([subscription()])
  })

  test('[ST4] without id or filter are reported, and kept over every save', async () => {
    const broken = [{ ...subscription(), filter: 5 }, 'a text', null, { id: 'x' }]
    const { value, issues } = await list(...broken, subscription())
    expect(value.list).toEqual([subscription()])
    expect(issues).toMatchObject([{ what: 'subscriptions', cause: 'other' }])
    expect(issues[0]?.detail).toMatch(/^4 subscriptions .* kept$/)
    await saveSubscriptions(database, one, { ...nothing, toUnsubscribe: ['a'] })
    await saveSubscriptions(database, one, nothing)
    const kept: unknown = await database.get('subscriptions', one)
    expect(kept).toEqual({ ...nothing, unreadable: broken })
    expect((await readSubscriptions(database, one)).issues).toHaveLength(1)
  })

  test.each([['a text'], [[1, 2]], [5]])('[ST4] as %j are reported and kept', async (stored) => {
    await plant(database, 'subscriptions', one, stored)
    const { value, issues } = await readSubscriptions(database, one)
    expect(value).toEqual(nothing)
    expect(issues).toHaveLength(1)
    await saveSubscriptions(database, one, nothing)
    expect(await database.get('subscriptions', one)).toEqual({ ...nothing, unreadable: [stored] })
  })

  test('[ST3] what the broker had confirmed is read field by field too', async () => {
    const confirmed = [
      { filter: 'a', request, granted: 0 },
      { filter: 'b', request: 'none', granted: 9 },
      { request, granted: 0 },
    ]
    await plant(database, 'subscriptions', one, { confirmed, toUnsubscribe: ['x', 5] })
    const plain = { qos: 0, noLocal: false, retainAsPublished: false, retainHandling: 0 }
    expect((await readSubscriptions(database, one)).value).toEqual({
      list: [],
      confirmed: [
        { filter: 'a', request, granted: 0 },
        { filter: 'b', request: plain, granted: 0 },
      ],
      toUnsubscribe: ['x'],
    })
  })
})
