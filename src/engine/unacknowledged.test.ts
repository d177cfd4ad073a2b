import 'fake-indexeddb/auto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import type { Seq } from '@/core/units.ts'
import { Stage, numbers } from './testing/stage.ts'
import { messagesOf, texts } from './testing/testPage.ts'

let stage: Stage

// Real sockets and timers, on a machine that may be busy.
vi.setConfig({ testTimeout: 30_000 })

beforeEach(async () => {
  stage = await Stage.start()
})

afterEach(() => stage.stop())

/** Waits until exactly these are said to be unacknowledged. */
async function listed(seqs: Seq[]): Promise<void> {
  const same = (event: { seqs: Seq[] }) => event.seqs.join() === seqs.join()
  await stage.page.event('unacknowledgedChanged', same)
}

async function sendAgain(connection: ConnectionId, seqs: Seq[]) {
  const request = stage.page.nextRequest()
  stage.page.send({ type: 'sendAgain', connection, request, seqs })
  return stage.page.event('sentAgain', (event) => event.request === request)
}

/** Publishes texts at QoS 1 that are never acknowledged, and loses the connection. */
async function lose(...all: string[]): Promise<ConnectionId> {
  const takeBack = stage.server.broker.faults.add({ publishAcks: 'never' })
  const connection = await stage.page.open(stage.profile())
  for (const text of all) await stage.publish(connection, 'a', text, 1)
  stage.page.send({ type: 'drop', connection })
  await listed(all.map((_, seq) => seq))
  takeBack()
  return connection
}

async function reconnect(connection: ConnectionId): Promise<void> {
  stage.page.send({ type: 'connect', connection })
  await stage.page.phase(connection, 'connected')
}

function statesOf(connection: ConnectionId, passes: (states: unknown[]) => boolean) {
  const states = (rows: Parameters<typeof messagesOf>[0]) =>
    messagesOf(rows).map(({ outcome }) => outcome?.state)
  return stage.page.rows(connection, (rows) => passes(states(rows))).then(states)
}

describe('what was not acknowledged', () => {
  test('[IF3] is listed when the connection ends, and after a crash of the engine', async () => {
    const connection = await lose('one', 'two')
    await stage.restart()
    const { connections } = await stage.page.event('welcome')
    expect(connections).toMatchObject([{ unacknowledged: [0, 1] }])
    const states = await statesOf(connection, (all) => all.length === 2)
    expect(states).toEqual(['unacknowledged', 'unacknowledged'])
  })

  test('[IF3] is listed though the engine died while it was in flight', async () => {
    stage.server.broker.faults.add({ publishAcks: 'never' })
    const connection = await stage.page.open(stage.profile())
    await stage.publish(connection, 'a', 'one', 1)
    await stage.publish(connection, 'a', 'two', 2)
    await stage.publish(connection, 'a', 'three', 0)
    await stage.restart()
    const { connections } = await stage.page.event('welcome')
    expect(connections).toMatchObject([{ unacknowledged: [0, 1] }])
    await stage.page.rows(connection, (rows) => rows.length >= 3)
  })

  test('[IF8] is not listed any more when the log was cleared', async () => {
    const connection = await lose('one')
    stage.page.send({ type: 'clearMessages', connection })
    await listed([])
  })

  test('[IF7] is not listed any more when it was discarded, and stays in the log', async () => {
    const connection = await lose('one', 'two')
    stage.page.send({ type: 'discardUnacknowledged', connection, seqs: [0] })
    await listed([1])
    expect(await statesOf(connection, ([first]) => first === undefined)).toEqual([
      undefined,
      'unacknowledged',
    ])
  })
})

describe('sending again', () => {
  test('[IF5] publishes the same in the same order, once, as new messages', async () => {
    const connection = await lose(...numbers(5))
    await reconnect(connection)
    const before = stage.packets('in', 'publish').length
    await Promise.all([sendAgain(connection, [3, 0, 1]), sendAgain(connection, [1, 3])])
    await listed([2, 4])
    const rows = await stage.page.rows(connection, (all) => messagesOf(all).length === 8)
    expect(texts(rows)).toEqual([...numbers(5), '0', '1', '3'])
    const sent = stage.packets('in', 'publish').slice(before)
    expect(sent).toMatchObject([
      { topic: 'a', qos: 1, dup: false, retain: false },
      { topic: 'a', qos: 1, dup: false, retain: false },
      { topic: 'a', qos: 1, dup: false, retain: false },
    ])
    const states = await statesOf(connection, (all) => all[7] === 'acknowledged')
    expect(states.slice(0, 2)).toEqual([undefined, undefined])
  })

  test('[IF5] keeps retain and properties', async () => {
    const connection = await stage.page.open(stage.profile())
    stage.server.broker.faults.add({ publishAcks: 'never' })
    const properties = {
      contentType: 'text/plain',
      correlationData: Uint8Array.of(0, 255),
      userProperties: [{ name: 'a', value: 'b' }],
    }
    const payload = Uint8Array.of(1, 2, 3)
    const message = { topic: 'a', payload, qos: 2, retain: true, properties } as const
    stage.page.send({ type: 'publish', connection, request: 900, message })
    await stage.page.event('published', ({ request }) => request === 900)
    stage.page.send({ type: 'drop', connection })
    await listed([0])
    stage.server.broker.faults.clear()
    await reconnect(connection)
    expect(await sendAgain(connection, [0])).toMatchObject({ failure: undefined })
    const rows = messagesOf(
      await stage.page.rows(connection, (all) => messagesOf(all).length === 2),
    )
    expect(rows[1]).toMatchObject({ topic: 'a', qos: 2, retain: true, properties, dup: false })
    expect(rows[1]?.preview).toEqual(payload)
  })

  test('[IF5] takes the place of the old one when it is not acknowledged either', async () => {
    const connection = await lose('one')
    await reconnect(connection)
    stage.server.broker.faults.add({ publishAcks: 'never' })
    await sendAgain(connection, [0])
    await listed([])
    stage.page.send({ type: 'drop', connection })
    await listed([1])
  })

  test('[IF6] says why where it cannot be, and everything stays listed', async () => {
    const connection = await lose('one')
    const { failure } = await sendAgain(connection, [0])
    expect(failure).toEqual({ code: 'not-connected' })
    await stage.restart()
    expect(await stage.page.event('welcome')).toMatchObject({
      connections: [{ unacknowledged: [0] }],
    })
  })
})
