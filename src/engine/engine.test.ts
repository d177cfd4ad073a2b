import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import { StorageError } from '@/core/storageError.ts'
import { MessageLog } from '@/log/messageLog.ts'
import { PAGE_SILENCE, UNDO_WINDOW } from './protocol.ts'
import { emptyIndexedDb } from './testing/logs.ts'
import { ManualClock } from './testing/manualClock.ts'
import { Rig } from './testing/rig.ts'
import { testProfile } from './testing/samples.ts'
import { TestPage } from './testing/testPage.ts'

let clock: ManualClock
let rig: Rig

beforeEach(async () => {
  emptyIndexedDb()
  clock = new ManualClock()
  rig = await Rig.start({ clock })
})

afterEach(() => rig.kill())

/** What a newly started engine welcomes a page with. */
async function restart() {
  rig.kill()
  rig = await Rig.start({ clock })
  const welcome = await rig.page.event('welcome')
  return { ...welcome, names: welcome.connections.map(({ profile }) => profile.name) }
}

/** Lets everything that is on its way to storage arrive. */
async function stored() {
  await new Promise((resolve) => setTimeout(resolve, 50))
}

describe('pages', () => {
  test('[EN1] a page that says hello gets everything, and again when it says it again', async () => {
    const { page } = rig
    page.send({ type: 'saveProfile', profile: testProfile(1, { name: 'One' }) })
    await page.event('connectionSaved')
    const other = new TestPage(rig.host)
    other.send({ type: 'hello' })
    const welcome = await other.event('welcome')
    expect(welcome.connections.map(({ profile }) => profile.name)).toEqual(['One'])
    other.send({ type: 'hello' })
    expect(other.all('welcome')).toHaveLength(2)
  })

  test('[EN2] every page hears what any page did', async () => {
    const other = new TestPage(rig.host)
    other.send({ type: 'hello' })
    rig.page.send({ type: 'saveSettings', settings: { theme: 'dark' } })
    expect(await other.event('settingsChanged')).toMatchObject({ settings: { theme: 'dark' } })
  })

  test('[EN3] ping is answered by pong, also before the engine runs', () => {
    const starting = new Rig()
    starting.page.send({ type: 'ping' })
    expect(starting.page.events).toEqual([{ type: 'pong' }])
  })

  test('[EN4] a page that was silent for too long is forgotten, and welcomed when it comes back', async () => {
    const { page } = rig
    clock.pass(PAGE_SILENCE + 20_000)
    const before = page.events.length
    const other = new TestPage(rig.host)
    other.send({ type: 'hello' })
    other.send({ type: 'saveSettings', settings: { theme: 'dark' } })
    await other.event('settingsChanged')
    expect(page.events).toHaveLength(before)
    page.send({ type: 'ping' })
    expect(page.events.slice(before).map(({ type }) => type)).toEqual(['welcome', 'pong'])
  })

  test('[EN4] a page that says goodbye hears nothing more', async () => {
    const { page } = rig
    page.send({ type: 'goodbye' })
    const other = new TestPage(rig.host)
    other.send({ type: 'hello' })
    other.send({ type: 'saveSettings', settings: { theme: 'dark' } })
    await other.event('settingsChanged')
    expect(page.all('settingsChanged')).toEqual([])
  })
})

describe('what the user made', () => {
  test('[EN5] profiles, drafts and settings survive a restart', async () => {
    const { page } = rig
    const profile = testProfile(1, { name: 'One', password: 'secret' })
    page.send({ type: 'saveProfile', profile })
    const draft = { ...BLANK_DRAFT, topic: 'a', payload: '{' }
    page.send({ type: 'saveDraft', connection: profile.id, draft: { ...draft, payload: '' } })
    page.send({ type: 'saveDraft', connection: profile.id, draft })
    page.send({ type: 'saveSettings', settings: { theme: 'light' } })
    await page.event('settingsChanged')
    await stored()
    const { settings, connections } = await restart()
    expect(settings).toEqual({ theme: 'light' })
    expect(connections).toMatchObject([{ profile, draft, state: { phase: 'disconnected' } }])
  })

  test('[EN6] what cannot be stored is said, and holds until the engine ends', async () => {
    const { page } = rig
    const profile = testProfile(1, { name: 'One' })
    page.send({ type: 'saveProfile', profile })
    await page.event('connectionSaved')
    await stored()
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError')
    })
    page.send({ type: 'saveProfile', profile: { ...profile, name: 'Renamed' } })
    const { failure } = await page.event('failed')
    expect(failure).toMatchObject({ code: 'storage', what: 'profiles', cause: 'quota' })
    expect(page.latest('connectionSaved')?.connection.profile.name).toBe('Renamed')
    put.mockRestore()
    expect((await restart()).names).toEqual(['One'])
  })

  test('[EN7] commands to a connection are done in order, from its making on', async () => {
    const { page } = rig
    const profile = testProfile(1)
    page.send({ type: 'saveProfile', profile })
    page.send({ type: 'connect', connection: profile.id })
    await page.event('stateChanged', ({ state }) => state.phase === 'connecting')
    expect(page.events.map(({ type }) => type).slice(1, 3)).toEqual([
      'connectionSaved',
      'stateChanged',
    ])
  })

  test('[EN8] a request about a connection that is gone is answered', async () => {
    const { page } = rig
    const { id: connection } = testProfile(1)
    page.send({ type: 'readPayload', connection, request: 1, seq: 0 })
    expect(await page.event('payload')).toMatchObject({ request: 1, payload: undefined })
    const message = { topic: 'a', payload: new Uint8Array(), qos: 0, retain: false } as const
    page.send({ type: 'publish', connection, request: 2, message })
    expect((await page.event('published')).result).toEqual({ failure: { code: 'not-connected' } })
  })
})

test('[EN13] a connection that cannot be read is said, left as it is, and keeps no other from working', async () => {
  const made = ['Damaged', 'Whole'].map((name) => testProfile(1, { name }))
  for (const profile of made) rig.page.send({ type: 'saveProfile', profile })
  await rig.page.event('connectionSaved', ({ connection }) => connection.profile.name === 'Whole')
  await stored()
  const open = vi.spyOn(MessageLog, 'open').mockImplementationOnce(() => {
    const failure = { code: 'storage', what: 'log', cause: 'other', detail: 'damaged' } as const
    return Promise.reject(new StorageError(failure))
  })
  const { names } = await restart()
  expect(names).toEqual(['Whole'])
  expect((await rig.page.event('failed')).failure).toMatchObject({ detail: 'damaged' })
  open.mockRestore()
  expect((await restart()).names).toEqual(['Damaged', 'Whole'])
})

describe('a deleted connection', () => {
  async function makeThree() {
    const made = ['A', 'B', 'C'].map((name) => testProfile(1, { name }))
    for (const profile of made) rig.page.send({ type: 'saveProfile', profile })
    await rig.page.event('connectionSaved', ({ connection }) => connection.profile.name === 'C')
    await stored()
    const [, middle] = made
    if (!middle) throw new Error('There is no B')
    return middle
  }

  test('[EN9] can be brought back within the undo window, to its place', async () => {
    const { page } = rig
    const { id: connection } = await makeThree()
    page.send({ type: 'deleteProfile', connection })
    await page.event('connectionDeleted')
    clock.pass(UNDO_WINDOW - 1)
    const before = page.events.length
    page.send({ type: 'restoreProfile', connection })
    const { connection: restored } = await page.event('connectionSaved', undefined, before)
    expect(restored.profile.name).toBe('B')
    clock.pass(UNDO_WINDOW)
    await stored()
    expect((await restart()).names).toEqual(['A', 'B', 'C'])
  })

  test('[EN10] is destroyed after it', async () => {
    const { page } = rig
    const { id: connection } = await makeThree()
    page.send({ type: 'deleteProfile', connection })
    await page.event('connectionDeleted')
    clock.pass(UNDO_WINDOW)
    page.send({ type: 'restoreProfile', connection })
    await stored()
    expect(page.all('connectionSaved')).toHaveLength(3)
    expect((await restart()).names).toEqual(['A', 'C'])
  })

  test('[EN11] can still be brought back after a restart within the window', async () => {
    const { id: connection } = await makeThree()
    rig.page.send({ type: 'deleteProfile', connection })
    await stored()
    clock.pass(UNDO_WINDOW / 2)
    expect((await restart()).names).toEqual(['A', 'C'])
    rig.page.send({ type: 'restoreProfile', connection })
    await rig.page.event('connectionSaved')
    await stored()
    expect((await restart()).names).toEqual(['A', 'B', 'C'])
  })

  test('[EN11] is destroyed by the next start after the window', async () => {
    const { id: connection } = await makeThree()
    rig.page.send({ type: 'deleteProfile', connection })
    await stored()
    rig.kill()
    clock.pass(UNDO_WINDOW)
    await restart()
    rig.page.send({ type: 'restoreProfile', connection })
    await stored()
    expect(rig.page.all('connectionSaved')).toEqual([])
  })

  test('[EN12] comes back with what is saved, from a form that was still open', async () => {
    const { page } = rig
    const profile = await makeThree()
    page.send({ type: 'deleteProfile', connection: profile.id })
    page.send({ type: 'saveProfile', profile: { ...profile, name: 'B2' } })
    await page.event('connectionSaved', (e) => e.connection.profile.name === 'B2')
    clock.pass(UNDO_WINDOW)
    await stored()
    expect((await restart()).names).toEqual(['A', 'B2', 'C'])
  })
})
