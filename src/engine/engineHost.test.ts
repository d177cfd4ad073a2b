import 'fake-indexeddb/auto'
import { forceCloseDatabase } from 'fake-indexeddb'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BrokerOptions } from '../../broker/broker.ts'
import { LockPlace } from './lockPlace.ts'
import { BrokerServer } from './testing/brokerServer.ts'
import { emptyIndexedDb } from './testing/logs.ts'
import { ChannelHub, TestLocks } from './testing/neighbours.ts'
import { Rig } from './testing/rig.ts'
import { testProfile, testSubscription } from './testing/samples.ts'
import { TestPage, texts } from './testing/testPage.ts'

type Packet = Parameters<NonNullable<BrokerOptions['onPacket']>>[0]

let server: BrokerServer
let rigs: Rig[]
/** What clients sent to the broker, by name. */
let heard: string[]
let hub: ChannelHub
let locks: TestLocks
let closed: number

// Real sockets and timers, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(async () => {
  emptyIndexedDb()
  rigs = []
  heard = []
  hub = new ChannelHub()
  locks = new TestLocks()
  closed = 0
  const onPacket = ({ direction, packet }: Packet) => {
    if (direction === 'in') heard.push(packet.cmd)
  }
  server = await BrokerServer.start({ onPacket })
})

afterEach(async () => {
  vi.restoreAllMocks()
  for (const rig of rigs) rig.kill()
  await server.stop()
})

/** An engine of this origin. `isShared`: of a build of its own, with a shared worker. */
function startEngine(isShared: boolean): Rig {
  const rig = new Rig({
    channel: hub.open(),
    openPlace: (onLost) => new LockPlace(locks.locks, onLost),
    isShared,
    close: () => (closed += 1),
  })
  rigs.push(rig)
  void rig.host.start()
  return rig
}

async function welcomed(isShared = true): Promise<Rig> {
  const rig = startEngine(isShared)
  await rig.page.event('welcome')
  return rig
}

describe('a later build', () => {
  test('[EH1] takes over when the earlier one has said DISCONNECT and stored what it had', async () => {
    const properties = { userProperties: [], sessionExpiryInterval: 300 }
    const profile = testProfile(server.port, { cleanSession: false, properties })
    const old = await welcomed()
    const connection = await old.page.open(profile, testSubscription('a', { qos: 1 }))
    server.publish('a', 'to the old one', { qos: 1 })
    await old.page.rows(connection, (rows) => texts(rows).length === 1)

    const late = await welcomed()
    await late.page.phase(connection, 'connected')
    server.publish('a', 'to the new one', { qos: 1 })
    const rows = await late.page.rows(connection, (all) => texts(all).length === 2)
    expect(texts(rows)).toEqual(['to the old one', 'to the new one'])
    expect(heard.filter((cmd) => /connect$/.test(cmd))).toEqual([
      'connect',
      'disconnect',
      'connect',
    ])
    await old.page.event('retired')
    expect(closed).toBe(1)
    expect(server.broker.clients()).toHaveLength(1)
  })

  test('[EH1] leaves the earlier one with the word that it has retired', async () => {
    const old = await welcomed()
    await welcomed()
    await old.page.event('retired')
    const other = new TestPage(old.host)
    other.send({ type: 'hello' })
    other.send({ type: 'saveSettings', settings: { theme: 'dark' } })
    expect(other.events).toEqual([{ type: 'retired' }])
  })
})

test('[EH2] a second dedicated worker says that it is not in charge until it takes over', async () => {
  const profile = testProfile(server.port)
  const first = await welcomed(false)
  const connection = await first.page.open(profile)
  const second = startEngine(false)
  await second.page.event('occupied')
  const late = new TestPage(second.host)
  late.send({ type: 'hello' })
  expect(late.events).toEqual([{ type: 'occupied' }])
  expect(first.page.all('retired')).toEqual([])
  late.send({ type: 'takeOver' })
  await second.page.event('welcome')
  await second.page.phase(connection, 'connected')
  await first.page.event('retired')
  expect(heard.filter((cmd) => /connect$/.test(cmd))).toEqual(['connect', 'disconnect', 'connect'])
})

describe('a start that fails', () => {
  test('[EH3] is said to every page, and tried again by the next one', async () => {
    const { indexedDB } = globalThis
    Reflect.deleteProperty(globalThis, 'indexedDB')
    const { page, host } = startEngine(true)
    const { detail } = await page.event('broken')
    expect(detail).toContain('indexedDB')
    const other = new TestPage(host)
    other.send({ type: 'hello' })
    await other.event('broken')
    globalThis.indexedDB = indexedDB
    page.send({ type: 'hello' })
    await page.event('welcome')
    await other.event('welcome')
  })

  test('[EH4] does not keep the place from an engine that can start', async () => {
    const { indexedDB } = globalThis
    Reflect.deleteProperty(globalThis, 'indexedDB')
    await startEngine(true).page.event('broken')
    globalThis.indexedDB = indexedDB
    await welcomed(false)
  })
})

describe('the databases', () => {
  /** Every connection to a database that is opened from now on. */
  function watchDatabases(): IDBDatabase[] {
    const databases: IDBDatabase[] = []
    const open = indexedDB.open.bind(indexedDB)
    vi.spyOn(indexedDB, 'open').mockImplementation((...given) => {
      const request = open(...given)
      request.addEventListener('success', () => databases.push(request.result))
      return request
    })
    return databases
  }

  test('[EH5] closed by the browser make the engine start again from what is left', async () => {
    const databases = watchDatabases()
    const { page } = await welcomed()
    const connection = await page.open(testProfile(server.port), testSubscription('a'))
    const before = page.events.length
    for (const database of databases.splice(0)) forceCloseDatabase(database as never)
    await page.event('welcome', undefined, before)
    await page.event('stateChanged', ({ state }) => state.phase === 'connected', before)
    await vi.waitFor(() => expect(server.broker.clients()[0]?.filters).toEqual(['a']))
    server.publish('a', 'again')
    await page.rows(connection, (rows) => texts(rows).includes('again'))
  })

  test('[EH6] changed by a newer build retire the engine', async () => {
    const { page } = await welcomed()
    await page.open(testProfile(server.port))
    const request = indexedDB.open('mqtab', 1_000)
    await new Promise((resolve) => request.addEventListener('success', resolve))
    await page.event('retired')
    await vi.waitFor(() => expect(heard).toContain('disconnect'))
  })

  test('[EH6] of a newer build are left alone, and that is said', async () => {
    const request = indexedDB.open('mqtab', 1_000)
    await new Promise((resolve) => request.addEventListener('success', resolve))
    request.result.close()
    const { detail } = await startEngine(true).page.event('broken')
    expect(detail).toContain('VersionError')
  })

  test('[EH7] kept open by an older build are waited for, and that is said', async () => {
    const request = indexedDB.open('mqtab', 0.5 + 0.5)
    request.addEventListener('upgradeneeded', () => {
      for (const store of ['profiles', 'subscriptions', 'drafts', 'settings', 'wanted']) {
        request.result.createObjectStore(store)
      }
    })
    await new Promise((resolve) => request.addEventListener('success', resolve))
    const real = indexedDB.open.bind(indexedDB)
    // This build as if it had a schema more.
    vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
      return real(name, name === 'mqtab' && version !== undefined ? version + 1 : version)
    })
    const { page } = startEngine(true)
    const { detail } = await page.event('broken')
    expect(detail).toContain('older MQTab')
    request.result.close()
    await page.event('welcome')
  })
})

test('[EH8] an error that nothing else has caught is said to every page', async () => {
  const { host, page } = await welcomed()
  host.reportUncaught(new TypeError('a bug'))
  const { failure } = await page.event('failed')
  expect(failure).toEqual({ code: 'unexpected', detail: 'TypeError: a bug' })
})
