import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { Stage, marksOf } from './testing/stage.ts'
import { testSubscription } from './testing/samples.ts'
import { TestPage, messagesOf, texts } from './testing/testPage.ts'

let stage: Stage

// Real sockets and timers, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(async () => {
  stage = await Stage.start()
})

afterEach(() => stage.stop())

/** What a page was told of a broker: the last grant, and all values by topic. */
function told(page: TestPage, connection: ConnectionId) {
  const events = page.all('brokerStatus').filter((event) => event.connection === connection)
  const values = new Map<string, string>()
  for (const { isWhole, values: news } of events) {
    if (isWhole) values.clear()
    for (const { topic, text } of news) values.set(topic, text)
  }
  return { grant: events.at(-1)?.grant, values }
}

async function granted(page: TestPage, connection: ConnectionId) {
  await vi.waitFor(() => expect(told(page, connection).grant?.state).toBe('granted'), 8_000)
}

async function hasValue(page: TestPage, connection: ConnectionId, topic: string, text: string) {
  await vi.waitFor(() => expect(told(page, connection).values.get(topic)).toBe(text), 8_000)
}

/** Filters that the broker was asked for, or to forget, in order. */
const asked = (cmd: 'subscribe' | 'unsubscribe') =>
  stage.packets('in', cmd).flatMap((packet) => {
    if (packet.cmd === 'subscribe') return packet.subscriptions.map(({ topic }) => topic)
    return packet.cmd === 'unsubscribe' ? packet.unsubscriptions : []
  })

describe('the subscription', () => {
  test('[BS1] is there for as long as one page looks', async () => {
    const { page, server, rig } = stage
    const connection = await page.open(stage.profile())
    expect(asked('subscribe')).toEqual([])
    const other = new TestPage(rig.host)
    other.send({ type: 'hello' })
    page.send({ type: 'watchBroker', connection })
    other.send({ type: 'watchBroker', connection })
    await granted(page, connection)
    await granted(other, connection)
    expect(asked('subscribe')).toEqual(['$SYS/#'])
    server.publish('$SYS/broker/version', 'one')
    await hasValue(page, connection, '$SYS/broker/version', 'one')
    await hasValue(other, connection, '$SYS/broker/version', 'one')
    page.send({ type: 'unwatchBroker', connection })
    server.publish('$SYS/broker/version', 'two')
    await hasValue(other, connection, '$SYS/broker/version', 'two')
    expect(told(page, connection).values.get('$SYS/broker/version')).toBe('one')
    expect(asked('unsubscribe')).toEqual([])
    other.send({ type: 'unwatchBroker', connection })
    await stage.seen('out', 'unsuback', 1)
    expect(asked('unsubscribe')).toEqual(['$SYS/#'])
  })

  test('[BS1] ends with the page that goes away', async () => {
    const connection = await stage.page.open(stage.profile())
    stage.page.send({ type: 'watchBroker', connection })
    await granted(stage.page, connection)
    stage.page.send({ type: 'goodbye' })
    await stage.seen('out', 'unsuback', 1)
  })

  test('[BS1] begins with the connection where the page looked before', async () => {
    const { page } = stage
    const profile = stage.profile()
    page.send({ type: 'saveProfile', profile })
    page.send({ type: 'watchBroker', connection: profile.id })
    await page.event('brokerStatus', ({ grant }) => grant.state === 'offline')
    page.send({ type: 'connect', connection: profile.id })
    await granted(page, profile.id)
  })

  test('[BS2] comes back with a connection that was lost, and what was known before is void', async () => {
    const { page, server } = stage
    const profile = stage.profile()
    const connection = await page.open(profile)
    page.send({ type: 'watchBroker', connection })
    await granted(page, connection)
    server.publish('$SYS/a', 'before')
    await hasValue(page, connection, '$SYS/a', 'before')
    server.broker.cut(profile.clientId)
    await page.phase(connection, 'waiting')
    await vi.waitFor(() => expect(told(page, connection).grant?.state).toBe('offline'), 8_000)
    await page.phase(connection, 'connected')
    await granted(page, connection)
    server.publish('$SYS/b', 'after')
    await hasValue(page, connection, '$SYS/b', 'after')
    expect([...told(page, connection).values.keys()]).toEqual(['$SYS/b'])
  })

  test('[BS2] [BS3] is ended where a resumed session has kept it, and its messages go nowhere', async () => {
    const { server } = stage
    const profile = stage.lasting()
    const connection = await stage.page.open(profile, testSubscription('a'))
    stage.page.send({ type: 'watchBroker', connection })
    await granted(stage.page, connection)
    // The engine dies, and nobody looks at the next one.
    await stage.restart()
    await stage.page.phase(connection, 'connected')
    server.publish('$SYS/late', 'x')
    await stage.seen('out', 'unsuback', 1)
    expect(asked('unsubscribe')).toEqual(['$SYS/#'])
    server.publish('a', 'last')
    const rows = await stage.page.rows(connection, (all) => messagesOf(all).length > 0)
    expect(texts(rows)).toEqual(['last'])
    expect(marksOf(rows).map(({ type }) => type)).toContain('session')
  })

  test('[BS5] that is refused is told with its code, and asked for again with a new look', async () => {
    const { page, server } = stage
    const suback = { filter: '$SYS/#', reasonCode: 0x87 }
    const remove = server.broker.faults.add({ suback })
    const connection = await page.open(stage.profile())
    page.send({ type: 'watchBroker', connection })
    const refused = { state: 'refused', reasonCode: 0x87 }
    await vi.waitFor(() => expect(told(page, connection).grant).toMatchObject(refused), 8_000)
    remove()
    page.send({ type: 'watchBroker', connection })
    await granted(page, connection)
  })

  test('[BS5] that the broker answers by closing the connection is not repeated by itself', async () => {
    const { page, server } = stage
    const profile = stage.profile()
    const connection = await page.open(profile)
    server.broker.faults.add({ subscribeAcks: 'never' })
    page.send({ type: 'watchBroker', connection })
    await stage.seen('in', 'subscribe', 1)
    server.broker.cut(profile.clientId)
    await page.phase(connection, 'waiting')
    await page.phase(connection, 'connected')
    await vi.waitFor(() => expect(told(page, connection).grant?.state).toBe('cut'), 8_000)
    expect(asked('subscribe')).toEqual(['$SYS/#'])
    page.send({ type: 'watchBroker', connection })
    await stage.seen('in', 'subscribe', 2)
  })
})

describe('a message under $SYS', () => {
  test('[BS3] is for the status alone where no subscription of the user’s matches', async () => {
    const { page, server } = stage
    const [all, versions] = [testSubscription('#'), testSubscription('+/broker/version')]
    const connection = await page.open(stage.profile(), all, versions)
    const subscription = testSubscription('$SYS/broker/off', { enabled: false })
    page.send({ type: 'saveSubscription', connection, subscription })
    page.send({ type: 'watchBroker', connection })
    await granted(page, connection)
    server.publish('$SYS/broker/version', 'x')
    server.publish('$SYS/broker/off', 'y')
    await hasValue(page, connection, '$SYS/broker/off', 'y')
    server.publish('a', 'ordinary')
    const rows = await page.rows(connection, ({ length }) => length > 0)
    expect(texts(rows)).toEqual(['ordinary'])
    const [, totals] = await stage.totals(({ received }) => received > 0)
    expect(totals).toMatchObject({ received: 1, stored: 1, unread: 1 })
  })

  test('[BS3] goes to both where one matches', async () => {
    const { page, server } = stage
    const own = testSubscription('$SYS/broker/version')
    const connection = await page.open(stage.profile(), own)
    page.send({ type: 'watchBroker', connection })
    await granted(page, connection)
    server.publish('$SYS/broker/version', 'both')
    server.publish('$SYS/broker/uptime', 'status')
    await hasValue(page, connection, '$SYS/broker/uptime', 'status')
    await hasValue(page, connection, '$SYS/broker/version', 'both')
    const rows = await page.rows(connection, (all) => all.length > 0)
    expect(texts(rows)).toEqual(['both'])
    expect(messagesOf(rows)[0]?.subscriptions).toEqual([own.id])
  })

  test('[BS3] goes into no log either while the end of the subscription is on its way', async () => {
    const { page, server } = stage
    const connection = await page.open(stage.profile(), testSubscription('a'))
    page.send({ type: 'watchBroker', connection })
    await granted(page, connection)
    server.broker.faults.add({ subscribeAcks: 300 })
    page.send({ type: 'unwatchBroker', connection })
    server.publish('$SYS/late', 'x')
    await stage.seen('out', 'unsuback', 1)
    server.publish('a', 'last')
    expect(texts(await page.rows(connection, (all) => all.length > 0))).toEqual(['last'])
  })

  test('[BS4] of a user’s own $SYS/# is neither taken away nor ended', async () => {
    const { page, server } = stage
    const own = testSubscription('$SYS/#', { qos: 1 })
    const connection = await page.open(stage.profile(), own)
    page.send({ type: 'watchBroker', connection })
    await granted(page, connection)
    server.publish('$SYS/a', 'one', { qos: 1 })
    await hasValue(page, connection, '$SYS/a', 'one')
    page.send({ type: 'unwatchBroker', connection })
    server.publish('$SYS/a', 'two', { qos: 1 })
    const rows = await page.rows(connection, (all) => all.length === 2)
    expect(texts(rows)).toEqual(['one', 'two'])
    await stage.seen('in', 'puback', 2)
    expect([...asked('subscribe'), ...asked('unsubscribe')]).toEqual(['$SYS/#'])
  })

  test('[BS4] goes on for the status when the user removes that subscription', async () => {
    const { page, server } = stage
    const own = testSubscription('$SYS/#', { qos: 1 })
    const connection = await page.open(stage.profile(), own)
    page.send({ type: 'watchBroker', connection })
    await granted(page, connection)
    page.send({ type: 'removeSubscription', connection, subscription: own.id })
    await stage.seen('out', 'suback', 2)
    server.publish('$SYS/a', 'one')
    await hasValue(page, connection, '$SYS/a', 'one')
    expect(await page.rows(connection)).toEqual([])
  })
})
