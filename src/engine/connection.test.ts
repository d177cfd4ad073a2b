import 'fake-indexeddb/auto'
import { freePort } from '../../broker/node/freePort.ts'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Will } from '@/core/profile.ts'
import { MessageLog } from '@/log/messageLog.ts'
import { Intake } from './intake.ts'
import { testSubscription } from './testing/samples.ts'
import { Stage, marksOf, numbers } from './testing/stage.ts'
import { messagesOf, texts } from './testing/testPage.ts'

let stage: Stage

// Real sockets and timers, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(async () => {
  stage = await Stage.start()
})

afterEach(() => stage.stop())

describe('what is received', () => {
  test('[LC1] is in the log and in the view, with the subscriptions that it matches', async () => {
    const { page, server } = stage
    const [one, other] = [testSubscription('sensor/+/t'), testSubscription('other')]
    const connection = await page.open(stage.profile(), other, one)
    server.publish('sensor/1/t', '21', { qos: 1 })
    const rows = await page.rows(connection, (all) => all.length === 1)
    expect(rows).toMatchObject([
      { direction: 'in', topic: 'sensor/1/t', queued: false, subscriptions: [one.id] },
    ])
    expect(texts(rows)).toEqual(['21'])
    const totals = await stage.totals(({ received }) => received === 1)
    expect(totals).toMatchObject([connection, { received: 1, stored: 1, unread: 1 }])
  })

  test('[LC2] shows its whole payload on demand', async () => {
    const { page, server } = stage
    const connection = await page.open(stage.profile(), testSubscription('#'))
    const text = 'x'.repeat(100_000)
    server.publish('a', text)
    await page.rows(connection, (all) => all.length === 1)
    page.send({ type: 'readPayload', connection, request: 77, seq: 0 })
    const { payload } = await page.event('payload')
    expect(new TextDecoder().decode(payload)).toBe(text)
  })

  test('[LC3] goes on while the log is emptied, and counting starts again', async () => {
    const { page, server } = stage
    const connection = await page.open(stage.profile(), testSubscription('#'))
    server.publish('a', 'before')
    await page.rows(connection, (all) => all.length === 1)
    page.send({ type: 'markSeen', connection, received: 1 })
    page.send({ type: 'clearMessages', connection })
    await page.rows(connection, (all) => all.length === 0)
    server.publish('a', 'after')
    expect(texts(await page.rows(connection, (all) => all.length === 1))).toEqual(['after'])
    await stage.totals(({ received, unread }) => received === 1 && unread === 1)
  })

  test('[LC4] the rate falls to 0 when nothing comes', async () => {
    const { page, server } = stage
    await page.open(stage.profile(), testSubscription('#'))
    for (const number of numbers(10)) server.publish('a', number)
    await stage.totals(({ rate }) => rate === 10)
    await stage.totals(({ rate, received }) => rate === 0 && received === 10)
  })

  test('[LC5] ten thousand messages of QoS 1 arrive in order, and are acknowledged when stored', async () => {
    const { page, server } = stage
    const count = 10_000
    const connection = await page.open(stage.profile(), testSubscription('#', { qos: 1 }))
    for (const number of numbers(count)) server.publish('a', number, { qos: 1 })
    await stage.totals(({ received }) => received === count)
    const window = { from: 0, to: count }
    const rows = await page.rows(connection, (all) => all.length === count, {}, window)
    expect(texts(rows)).toEqual(numbers(count))
    await stage.seen('in', 'puback', count)
    expect(messagesOf(rows).filter(({ dup }) => dup)).toEqual([])
  })
})

describe('what is published', () => {
  test('[LC6] is in the log, with what became of it', async () => {
    const { page, server } = stage
    server.broker.faults.add({ puback: { topic: 'forbidden', reasonCode: 0x87 } })
    const connection = await page.open(stage.profile(), testSubscription('b'))
    expect(await stage.publish(connection, 'a', 'zero')).toMatchObject({ seq: 0 })
    await stage.publish(connection, 'b', 'one', 1)
    await stage.publish(connection, 'forbidden', 'two', 2)
    const rows = await page.rows(
      connection,
      (all) => messagesOf(all).at(-1)?.outcome?.state === 'refused',
    )
    expect(messagesOf(rows).flatMap(({ outcome }) => outcome ?? [])).toMatchObject([
      { state: 'sent' },
      { state: 'acknowledged', reasonCode: 0 },
      { state: 'refused', reasonCode: 0x87 },
    ])
    await stage.totals(({ published }) => published === 3)
  })

  test('[LC7] while not connected it is not sent and not in the log', async () => {
    const profile = stage.profile()
    stage.page.send({ type: 'saveProfile', profile })
    const result = await stage.publish(profile.id, 'a', 'x')
    expect(result).toEqual({ failure: { code: 'not-connected' } })
    expect(await stage.page.rows(profile.id)).toEqual([])
  })

  test('[LC8] is unacknowledged when the connection ends before the answer', async () => {
    stage.server.broker.faults.add({ publishAcks: 'never' })
    const connection = await stage.page.open(stage.profile())
    const result = await stage.publish(connection, 'a', 'x', 1)
    expect(result).toMatchObject({ outcome: { state: 'pending' } })
    stage.page.send({ type: 'drop', connection })
    await stage.page.rows(
      connection,
      (all) => messagesOf(all)[0]?.outcome?.state === 'unacknowledged',
    )
  })
})

test('[LC9] the will is not published after disconnect, and is after drop', async () => {
  const { page } = stage
  const properties = { userProperties: [] }
  const will: Will = { topic: 'last_will', payload: 'offline', qos: 1, retain: false, properties }
  const watcher = await page.open(stage.profile(), testSubscription('last_will'))
  const connection = await page.open(stage.profile({ will }))
  page.send({ type: 'disconnect', connection })
  await stage.seen('in', 'disconnect', 1)
  page.send({ type: 'connect', connection })
  await page.phase(connection, 'connected')
  expect(await page.rows(watcher)).toEqual([])
  page.send({ type: 'drop', connection })
  expect(texts(await page.rows(watcher, (all) => all.length === 1))).toEqual(['offline'])
  const failure = { code: 'dropped' }
  expect(page.stateOf(connection)).toEqual({ phase: 'disconnected', failure })
})

describe('a connection that is lost', () => {
  test('[LC10] comes back with its subscriptions, and a mark says what may be missing', async () => {
    const { page, server } = stage
    const profile = stage.profile()
    const connection = await page.open(profile, testSubscription('a'))
    const lostAt = Date.now()
    server.broker.cut(profile.clientId)
    const { attempt } = await page.phase(connection, 'waiting')
    expect(attempt).toBe(1)
    await page.phase(connection, 'connected')
    await page.granted(connection)
    server.publish('a', 'again')
    const rows = await page.rows(connection, (all) => all.length === 2)
    const [gap] = marksOf(rows)
    if (gap?.type !== 'gap') throw new Error('There is no gap')
    expect(gap.from).toBeGreaterThanOrEqual(lostAt)
    expect(gap.to - gap.from).toBeGreaterThan(500)
    expect(texts(rows)).toEqual(['again'])
  })

  test('[LC10] leaves no mark when the user disconnected', async () => {
    const { page } = stage
    const connection = await page.open(stage.profile(), testSubscription('a'))
    page.send({ type: 'disconnect', connection })
    await page.phase(connection, 'disconnected')
    page.send({ type: 'connect', connection })
    await page.phase(connection, 'connected')
    await page.granted(connection)
    expect(await page.rows(connection)).toEqual([])
  })

  test('[LC11] is not tried again after a refusal that would be the same again', async () => {
    const { page, server } = stage
    server.broker.faults.add({ connack: { reasonCode: 0x86 } })
    const profile = stage.profile()
    page.send({ type: 'saveProfile', profile })
    page.send({ type: 'connect', connection: profile.id })
    await page.event('stateChanged', ({ state }) => state.phase === 'connecting')
    const { failure } = await page.phase(profile.id, 'disconnected')
    expect(failure).toMatchObject({ code: 'refused', reasonCode: 0x86 })
  })

  test('[LC11] is not tried again without Auto Reconnect', async () => {
    const profile = stage.profile({ autoReconnect: false })
    const connection = await stage.page.open(profile)
    stage.server.broker.cut(profile.clientId)
    const { failure } = await stage.page.phase(connection, 'disconnected')
    expect(failure?.code).toBe('connection-lost')
  })

  test('[LC12] is tried with the profile as it is by then', async () => {
    const { page } = stage
    const profile = stage.profile({ port: await freePort(), reconnectPeriod: 60_000 })
    const connection = profile.id
    page.send({ type: 'saveProfile', profile })
    page.send({ type: 'connect', connection })
    await page.phase(connection, 'waiting')
    page.send({ type: 'saveProfile', profile: { ...profile, port: stage.server.port } })
    page.send({ type: 'connect', connection })
    await page.phase(connection, 'connected')
  })

  test('[LC13] is tried at once when the browser comes online', async () => {
    const profile = stage.profile({ reconnectPeriod: 60_000 })
    const connection = await stage.page.open(profile)
    stage.server.broker.cut(profile.clientId)
    await stage.page.phase(connection, 'waiting')
    stage.rig.host.online()
    await stage.page.phase(connection, 'connected')
  })

  test('[LC23] storage that is behind slows the broker down, says so, and loses nothing', async () => {
    const { page, server } = stage
    const connection = await page.open(stage.profile(), testSubscription('a'))
    const release = holdWrites()
    for (const text of numbers(40)) server.publish('a', text.padEnd(1024 * 1024))
    await stage.totals(({ slowed }) => slowed)
    release()
    await stage.totals(({ received, slowed }) => received === 40 && !slowed)
    const rows = messagesOf(await page.rows(connection, ({ length }) => length === 40))
    expect(rows.map(({ preview }) => parseInt(new TextDecoder().decode(preview)))).toEqual(
      numbers(40).map(Number),
    )
  })

  test('[LC14] an error of our own ends this connection and no other', async () => {
    const { page, server } = stage
    const connection = await page.open(stage.profile(), testSubscription('a'))
    const other = await page.open(stage.profile())
    vi.spyOn(Intake.prototype, 'receive').mockImplementationOnce(() => {
      throw new Error('a bug')
    })
    server.publish('a', 'x')
    const { failure } = await page.phase(connection, 'disconnected')
    expect(failure).toMatchObject({ code: 'unexpected' })
    expect(page.stateOf(other)?.phase).toBe('connected')
  })

  test('[PG6] which connection connected last survives a restart with nothing connected', async () => {
    const profile = stage.profile()
    await stage.page.open(profile)
    stage.page.send({ type: 'disconnect', connection: profile.id })
    await stage.page.phase(profile.id, 'disconnected')
    await stage.left()
    await stage.restart()
    expect(await stage.page.event('welcome')).toMatchObject({ lastConnected: profile.id })
  })
})

/** No log is written to until the function that it returns is called. */
function holdWrites(): () => void {
  const write = Reflect.get<MessageLog, 'write'>(MessageLog.prototype, 'write')
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  vi.spyOn(MessageLog.prototype, 'write').mockImplementation(async function (
    this: MessageLog,
    ...words
  ) {
    await released
    return write.apply(this, words)
  })
  return release
}
