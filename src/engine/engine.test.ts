import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { MessageRow, Row } from '@/core/message.ts'
import { TestBroker, startRig, type Rig } from './testing/rig.ts'
import { testProfile, testSubscription } from './testing/samples.ts'

let broker: TestBroker
let rig: Rig

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory()
  broker = await TestBroker.start()
  rig = await startRig()
})

afterEach(async () => {
  await broker.stop()
})

function text(row: Row | undefined): string {
  return new TextDecoder().decode((row as MessageRow).preview)
}

test('connects, subscribes, publishes and shows what comes', async () => {
  const { page } = rig
  const profile = testProfile(broker.port)
  const connection = profile.id
  page.send({ type: 'saveProfile', profile })
  page.send({ type: 'connect', connection })
  await page.connected(connection)
  const subscription = testSubscription('sensor/+/temperature')
  page.send({ type: 'saveSubscription', connection, subscription })
  await page.event('subscriptionsChanged', (e) => e.subscriptions[0]?.grant.state === 'granted')
  const message = {
    topic: 'sensor/1/temperature',
    payload: new TextEncoder().encode('21'),
    qos: 1,
    retain: false,
  } as const
  page.send({ type: 'publish', connection, request: 7, message })
  const { result } = await page.event('published', (e) => e.request === 7)
  expect(result).toMatchObject({ seq: 0 })
  const rows = await page.rows(connection, (all) => all.length === 2)
  expect(rows.map((row) => row.kind === 'message' && row.direction)).toEqual(['out', 'in'])
  expect(text(rows[1])).toBe('21')
  expect(rows[1]).toMatchObject({ subscriptions: [subscription.id] })
})
