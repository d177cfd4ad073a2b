import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import { connectionIdFromBytes } from '@/core/id.ts'
import { newProfile, type Profile } from '@/core/profile.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import { useConnections } from '@/stores/connections.ts'
import { useSite } from '@/stores/site.ts'
import { startForm } from './startForm.ts'

const ID = connectionIdFromBytes(new Uint8Array(8))
const BROKER = { scheme: 'wss', host: 'broker.example', port: 8084, path: '/mqtt' } as const
const CLIENT_ID = /^mqtab_[0-9a-f]{8}$/

beforeEach(() => {
  vi.stubGlobal('location', { protocol: 'http:', href: 'http://localhost:4173/' })
  setActivePinia(createPinia())
})

function add(change: Partial<Profile>) {
  const profile = { ...newProfile(ID, 'mqtab_00000000', BROKER, 7), ...change }
  useConnections().put({
    profile,
    state: { phase: 'disconnected' },
    subscriptions: [],
    draft: BLANK_DRAFT,
    unexplained: [],
    totals: NO_TOTALS,
    unacknowledged: [],
  })
  useConnections().lastConnected = ID
  return profile
}

test('[PF21] the first form starts from the default broker, with a client id of its own', () => {
  const { form } = startForm({})
  expect(form).toMatchObject({ name: '', scheme: 'ws', host: 'broker.emqx.io', port: '8083' })
  expect(form.clientId).toMatch(CLIENT_ID)
  expect(startForm({}).form.clientId).not.toBe(form.clientId)
})

test('[PF21] a further form has the broker and the credentials of the last that connected', () => {
  add({ name: 'Simple Demo', username: 'ada', password: 'engine' })
  const { form, identity } = startForm({})
  expect(form).toMatchObject({ scheme: 'wss', host: 'broker.example', port: '8084' })
  expect(form).toMatchObject({ name: '', username: 'ada', password: 'engine' })
  expect(form.clientId).not.toBe('mqtab_00000000')
  expect(identity.id).not.toBe(ID)
})

test('[PF21] a further form has neither the version nor the session nor the will of the last', () => {
  const will = { topic: 'a', payload: 'b', qos: 1, retain: true } as const
  add({
    version: '3.1.1',
    cleanSession: false,
    keepAlive: 5,
    will: { ...will, properties: { userProperties: [] } },
  })
  const { form } = startForm({})
  expect(form).toMatchObject({ version: '5.0', cleanSession: true, keepAlive: '30' })
  expect(form).toMatchObject({ willTopic: '', willQos: 0, willRetain: false, willPayload: '' })
})

test('[PF22] an edited form keeps what identifies the connection', () => {
  const profile = add({ name: 'Simple Demo' })
  const { form, identity } = startForm({ connection: ID })
  expect(form).toMatchObject({ name: 'Simple Demo', clientId: 'mqtab_00000000' })
  expect(identity).toMatchObject({ id: ID, createdAt: profile.createdAt })
})

test('[PF22] a duplicate has all values but its id, its name and its client id', () => {
  add({ name: 'Simple Demo', version: '3.1.1', keepAlive: 5 })
  const { form, identity } = startForm({ from: ID })
  expect(form).toMatchObject({ name: 'Simple Demo copy', version: '3.1.1', keepAlive: '5' })
  expect(form.clientId).toMatch(CLIENT_ID)
  expect(form.clientId).not.toBe('mqtab_00000000')
  expect(identity.id).not.toBe(ID)
})

test('[PF23] a preset of the site fills what it says', () => {
  const url = 'wss://green.example:8084/mqtt'
  useSite().config = {
    connections: [
      { name: 'Green house', url, version: '3.1.1' },
      { name: 'Shed', url: '/mqtt', clientId: 'shed', username: 'me' },
    ],
  }
  expect(startForm({ preset: 0 }).form).toMatchObject({
    name: 'Green house',
    scheme: 'wss',
    host: 'green.example',
    port: '8084',
    version: '3.1.1',
    clientId: expect.stringMatching(CLIENT_ID) as string,
  })
  expect(startForm({ preset: 1 }).form).toMatchObject({
    scheme: 'ws',
    host: 'localhost',
    port: '4173',
    clientId: 'shed',
    username: 'me',
  })
})

test('[PF23] what does not exist is a plain new connection', () => {
  for (const purpose of [{ preset: 7 }, { preset: Number.NaN }, { from: ID }, { connection: ID }]) {
    expect(startForm(purpose).form).toMatchObject({ name: '', host: 'broker.emqx.io' })
  }
})
