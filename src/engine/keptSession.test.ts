import 'fake-indexeddb/auto'
import { freePort } from '../../broker/node/freePort.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { MessageLog } from '@/log/messageLog.ts'
import { testSubscription } from './testing/samples.ts'
import { Stage, marksOf, numbers } from './testing/stage.ts'
import { messagesOf, texts } from './testing/testPage.ts'
import { HEARTBEAT } from './wantedConnections.ts'

let stage: Stage

// Real sockets and timers, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(async () => {
  stage = await Stage.start()
})

afterEach(() => stage.stop())

/** Lets everything that is on its way to storage arrive. */
async function stored() {
  await new Promise((resolve) => setTimeout(resolve, 100))
}

describe('a session that the broker keeps', () => {
  test('[LC15] [SY3] [SY4] brings what was queued, marked and counted as such, and what comes later is new', async () => {
    const { page, server } = stage
    const profile = stage.lasting({ version: '3.1.1' })
    const connection = await page.open(profile, testSubscription('a', { qos: 1 }))
    page.send({ type: 'disconnect', connection })
    await stage.left()
    for (const number of numbers(100)) server.publish('a', number, { qos: 1 })
    page.send({ type: 'connect', connection })
    await stage.seen('in', 'puback', 100)
    // The ping behind the last acknowledgement has been answered as well.
    await new Promise((resolve) => setTimeout(resolve, 300))
    server.publish('a', 'new', { qos: 1 })
    const rows = await page.rows(
      connection,
      (all) => messagesOf(all).length === 101,
      {},
      { last: 104 },
    )
    const messages = messagesOf(rows)
    expect(messages.filter(({ queued }) => queued)).toHaveLength(100)
    expect(messages.at(-1)).toMatchObject({ queued: false })
    expect(marksOf(rows)).toEqual([
      { type: 'session', present: false },
      { type: 'session', present: true },
      { type: 'queue', count: 100 },
    ])
    expect(rows.at(-2)).toMatchObject({ kind: 'mark', mark: { type: 'queue' } })
    expect(page.stateOf(connection)).toMatchObject({
      story: { origin: 'resumed', queue: { count: 100, isOver: true } },
    })
    expect(stage.packets('in', 'subscribe')).toHaveLength(1)
  })

  test('[LC24] [SY1] is called lost only where one was left there', async () => {
    const { page } = stage
    const brief = { userProperties: [], sessionExpiryInterval: 1 }
    const profile = stage.lasting({ properties: brief })
    const connection = await page.open(profile)
    const connectAgain = async (changes: Partial<typeof profile> = {}) => {
      page.send({ type: 'disconnect', connection })
      await stage.left()
      await vi.waitFor(() => expect(stage.server.broker.clients()).toEqual([]), 3_000)
      page.send({ type: 'saveProfile', profile: { ...profile, ...changes } })
      page.send({ type: 'connect', connection })
      await page.phase(connection, 'connected')
    }
    await connectAgain()
    await connectAgain({ clientId: 'another' })
    await connectAgain({ clientId: 'another', version: '3.1.1', cleanSession: true })
    await connectAgain({ clientId: 'another', version: '3.1.1' })
    const origins = page.all('stateChanged').flatMap(({ state }) => {
      return state.phase === 'connected' && !state.ping ? state.story.origin : []
    })
    expect(origins).toEqual(['none-kept', 'lost', 'none-kept', 'clean', 'ended'])
    const fresh = { type: 'session', present: false }
    const rows = await page.rows(connection, (all) => all.length === 4)
    expect(marksOf(rows)).toEqual([fresh, { ...fresh, lost: true }, fresh, fresh])
  })

  test('[SY1] is not missed where the broker was told to end it', async () => {
    const { page } = stage
    const connection = await page.open(stage.lasting())
    const request = { reasonCode: 0, sessionExpiryInterval: 0, userProperties: [] }
    page.send({ type: 'disconnect', connection, request })
    await stage.left()
    page.send({ type: 'connect', connection })
    expect(await page.phase(connection, 'connected')).toMatchObject({ story: { origin: 'ended' } })
    const fresh = { type: 'session', present: false }
    const rows = await page.rows(connection, (all) => all.length === 2)
    expect(marksOf(rows)).toEqual([fresh, fresh])
  })

  test('[SY2] is called expired once its time is over, also by the next engine', async () => {
    const properties = { userProperties: [], sessionExpiryInterval: 1 }
    const connection = await stage.page.open(stage.lasting({ properties }))
    stage.page.send({ type: 'disconnect', connection })
    await stage.left()
    await vi.waitFor(() => expect(stage.server.broker.clients()).toEqual([]), 3_000)
    await stored()
    await stage.restart()
    const later = Date.now() + 60_000
    vi.spyOn(Date, 'now').mockImplementation(() => later)
    stage.page.send({ type: 'connect', connection })
    const state = await stage.page.phase(connection, 'connected')
    expect(state).toMatchObject({ story: { origin: 'expired' } })
    const rows = await stage.page.rows(connection, (all) => all.length === 2)
    expect(marksOf(rows).at(-1)).toMatchObject({ lost: true, expired: true })
  })

  test('[LC16] is told of what the user removed and added while away', async () => {
    const { page, server } = stage
    const [a, b] = [testSubscription('a'), testSubscription('b')]
    const connection = await page.open(stage.lasting(), a)
    page.send({ type: 'disconnect', connection })
    await stage.left()
    page.send({ type: 'removeSubscription', connection, subscription: a.id })
    page.send({ type: 'saveSubscription', connection, subscription: b })
    page.send({ type: 'connect', connection })
    await vi.waitFor(() => expect(server.broker.clients()[0]?.filters).toEqual(['b']))
  })

  test('[LC17] loses nothing that came and was not stored when the engine died', async () => {
    const { page, server } = stage
    const connection = await page.open(stage.lasting(), testSubscription('a', { qos: 1 }))
    vi.spyOn(MessageLog.prototype, 'write').mockReturnValue(new Promise(() => undefined))
    for (const number of numbers(50)) server.publish('a', number, { qos: 1 })
    await stage.seen('out', 'publish', 50)
    await stored()
    expect(stage.packets('in', 'puback')).toEqual([])
    vi.restoreAllMocks()
    await stage.restart()
    const rows = await stage.page.rows(connection, (all) => messagesOf(all).length === 50)
    expect(texts(rows)).toEqual(numbers(50))
  })

  test('[LC18] [SY3] gives a message of QoS 2 exactly once, though the engine died before its PUBREC', async () => {
    const connection = await stage.page.open(stage.lasting(), testSubscription('a', { qos: 2 }))
    stage.rig.isMute = true
    stage.server.publish('a', 'once', { qos: 2 })
    await stage.page.rows(connection, (all) => messagesOf(all).length === 1)
    await stage.restart()
    await stage.page.phase(connection, 'connected')
    await stage.seen('in', 'pubcomp', 1)
    expect(stage.packets('out', 'publish')).toHaveLength(2)
    stage.server.publish('a', 'next', { qos: 2 })
    const rows = await stage.page.rows(connection, (all) => texts(all).includes('next'))
    expect(texts(rows)).toEqual(['once', 'next'])
    // It was received before the engine died.
    expect(stage.page.stateOf(connection)).toMatchObject({ story: { queue: { count: 0 } } })
  })

  test('[LC19] has the client id that the broker gave, while the engine lives', async () => {
    const { page } = stage
    const connection = await page.open(stage.profile({ clientId: '' }))
    const { limits } = await page.phase(connection, 'connected')
    page.send({ type: 'disconnect', connection })
    await page.phase(connection, 'disconnected')
    page.send({ type: 'connect', connection })
    await page.phase(connection, 'connected')
    const ids = stage.packets('in', 'connect').map((each) => 'clientId' in each && each.clientId)
    expect(ids).toEqual(['', limits.assignedClientId])
  })
})

describe('a restart of the engine', () => {
  test('[LC20] connects again what was connected, and a mark says since when nobody listened', async () => {
    const connection = await stage.page.open(stage.profile(), testSubscription('a'))
    const other = await stage.page.open(stage.profile())
    stage.page.send({ type: 'disconnect', connection: other })
    await stage.page.phase(other, 'disconnected')
    await stored()
    const diedAt = Date.now()
    await stage.restart()
    await stage.page.phase(connection, 'connected')
    await stage.page.granted(connection)
    const [gap] = marksOf(await stage.page.rows(connection, (all) => all.length === 1))
    if (gap?.type !== 'gap') throw new Error('There is no gap')
    expect(gap.from).toBeGreaterThan(diedAt - HEARTBEAT)
    expect(gap.from).toBeLessThanOrEqual(diedAt)
    expect(gap.to).toBeGreaterThanOrEqual(diedAt)
    expect(stage.page.stateOf(other)).toBeUndefined()
  })

  test('[LC21] tries on what never connected, and does not call that a gap', async () => {
    const profile = stage.profile({ port: await freePort() })
    const connection = profile.id
    stage.page.send({ type: 'saveProfile', profile })
    stage.page.send({ type: 'connect', connection })
    await stage.page.phase(connection, 'waiting')
    await stored()
    await stage.restart()
    await stage.page.phase(connection, 'waiting')
    const reachable = { ...profile, port: stage.server.port }
    stage.page.send({ type: 'saveProfile', profile: reachable })
    stage.page.send({ type: 'connect', connection })
    await stage.page.phase(connection, 'connected')
    expect(await stage.page.rows(connection)).toEqual([])
  })
})

test('[LC22] storage that fails is said once, holds nothing up, and is caught up with', async () => {
  const { page, server } = stage
  const connection = await page.open(stage.profile(), testSubscription('#', { qos: 1 }))
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  server.publish('a', 'one', { qos: 1 })
  const { failure } = await page.event('failed')
  expect(failure).toMatchObject({ code: 'storage', what: 'log', cause: 'quota' })
  server.publish('a', 'two', { qos: 1 })
  page.send({ type: 'disconnect', connection })
  await page.phase(connection, 'disconnected')
  put.mockRestore()
  expect(texts(await page.rows(connection, (all) => all.length === 2))).toEqual(['one', 'two'])
  const said = page.all('failed').map((event) => event.failure)
  expect(said.filter((each) => each.code === 'storage' && each.what === 'log')).toHaveLength(1)
})
