import type { IConnectPacket } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import { REASON } from './reason.ts'
import { connected, RawClient } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

type Will = NonNullable<IConnectPacket['will']>

const session = { clean: false, properties: { sessionExpiryInterval: 60 } }

function start() {
  const { broker, clock } = testBroker({
    mayPublish: (_, topic) => topic !== 'secret',
  })
  const witness = connected(broker, 'witness')
  witness.subscribe('#', { rap: true })
  const owner = (will: Partial<Will> = {}, options: Parameters<typeof connected>[2] = {}) =>
    connected(broker, 'owner', { ...options, will: { topic: 'gone', payload: 'offline', ...will } })
  return { broker, clock, witness, owner }
}

function delayed(willDelayInterval: number): Partial<Will> {
  return { properties: { willDelayInterval } }
}

describe('a will', () => {
  test.each([3, 4, 5] as const)(
    '[BR15] is published when the transport just ends (level %i)',
    (level) => {
      const { witness, owner } = start()
      owner({ qos: 1, retain: true }, { level }).drop()
      expect(witness.messages).toMatchObject([{ topic: 'gone', qos: 1, retain: true }])
      expect(witness.payloads).toEqual(['offline'])
    },
  )

  test.each([4, 5] as const)('[BR15] is not published after a DISCONNECT (level %i)', (level) => {
    const { clock, witness, owner } = start()
    owner({}, { level }).leave()
    clock.advance(1_000_000)
    expect(witness.messages).toEqual([])
  })

  test('[BR15] is published after a DISCONNECT with 0x04', () => {
    const { witness, owner } = start()
    owner().leave({ reasonCode: REASON.disconnectWithWill })
    expect(witness.payloads).toEqual(['offline'])
  })

  test('[BR15] is published when the client breaks the protocol', () => {
    const { witness, owner } = start()
    owner().bytes(0, 0)
    expect(witness.payloads).toEqual(['offline'])
  })

  test('[BR15] retained, it is there for later subscribers', () => {
    const { broker, owner } = start()
    owner({ retain: true }).drop()
    const later = connected(broker, 'later')
    later.subscribe('gone')
    expect(later.messages).toMatchObject([{ retain: true }])
  })

  test('[BR15] is not published where its client may not publish', () => {
    const { witness, owner } = start()
    owner({ topic: 'secret' }).drop()
    expect(witness.messages).toEqual([])
  })

  test('[BR15] with a wildcard in its topic is refused with the CONNECT', () => {
    const { broker } = start()
    const client = connected(broker, 'one', { will: { topic: 'a/#', payload: '' } })
    expect(client.received).toMatchObject([{ reasonCode: REASON.topicNameInvalid }])
  })

  test('[BR15] with a wildcard in its response topic is refused as well', () => {
    const { broker } = start()
    const will = { topic: 'a', payload: '', properties: { responseTopic: '+' } }
    const client = connected(broker, 'one', { will })
    expect(client.received).toMatchObject([{ reasonCode: REASON.topicNameInvalid }])
  })

  test('[BR2] of QoS 3 is malformed', () => {
    const raw = new RawClient(start().broker, 4)
    raw.bytes(0x10, 18, 0, 4, ...Buffer.from('MQTT'), 4, 0x1e, 0, 0, 0, 1, 97, 0, 1, 97, 0, 0)
    expect(raw.received).toEqual([])
    expect(raw.isClosed).toBe(true)
  })

  test('[BR15] keeps bytes that are no text', () => {
    const { witness, owner } = start()
    const payload = Buffer.from([0, 255, 128])
    owner({ payload }).drop()
    expect(witness.messages[0]?.payload).toEqual(payload)
  })

  test('[BR15] keeps its properties; its expiry interval begins when it is published', () => {
    const { clock, witness, owner } = start()
    const properties = {
      payloadFormatIndicator: false,
      messageExpiryInterval: 5,
      contentType: 'text/plain',
      responseTopic: 'answers',
      correlationData: Buffer.from([1, 0]),
      userProperties: { a: ['1', '2'] },
    }
    owner({ properties: { ...properties, willDelayInterval: 10 } }, session).drop()
    clock.advance(10_000)
    expect(witness.messages[0]?.properties).toEqual(properties)
  })

  test('[BR21] keeps its user properties in their order, repetitions and empty ones included', () => {
    const { broker, witness } = start()
    const text = (value: string) => [0, value.length, ...Buffer.from(value)]
    const pairs = [
      ['b', ''],
      ['a', '1'],
      ['b', '2'],
      ['b', ''],
    ] as const
    const properties = pairs.flatMap(([name, value]) => [0x26, ...text(name), ...text(value)])
    const body = [
      ...[...text('MQTT'), 5, 0x06, 0, 0],
      ...[0, ...text('raw')],
      ...[properties.length, ...properties, ...text('gone'), ...text('x')],
    ]
    const raw = new RawClient(broker)
    raw.bytes(0x10, body.length, ...body)
    raw.drop()
    const written = [...(witness.writes.at(-1) ?? [])]
    expect(written.slice(2)).toEqual([...text('gone'), properties.length, ...properties, 120])
  })
})

describe('a will with a delay', () => {
  test('[BR15] is published when the delay is over', () => {
    const { clock, witness, owner } = start()
    owner(delayed(10), session).drop()
    clock.advance(9999)
    expect(witness.messages).toEqual([])
    clock.advance(1)
    expect(witness.payloads).toEqual(['offline'])
  })

  test('[BR15] is cancelled when its client comes back in time', () => {
    const { broker, clock, witness, owner } = start()
    owner(delayed(10), session).drop()
    clock.advance(9999)
    connected(broker, 'owner', session).leave()
    clock.advance(1_000_000)
    expect(witness.messages).toEqual([])
  })

  test('[BR15] is published by a clean start, which ends the session', () => {
    const { broker, witness, owner } = start()
    owner(delayed(10), session).drop()
    connected(broker, 'owner')
    expect(witness.payloads).toEqual(['offline'])
  })

  test('[BR15] is published no later than the end of the session', () => {
    const { clock, witness, owner } = start()
    owner(delayed(1000), session).drop()
    clock.advance(59_999)
    expect(witness.messages).toEqual([])
    clock.advance(1)
    expect(witness.payloads).toEqual(['offline'])
    clock.advance(1_000_000)
    expect(witness.payloads).toEqual(['offline'])
  })

  test('[BR15] is published at once when the session ends with its connection', () => {
    const { witness, owner } = start()
    owner(delayed(1000)).drop()
    expect(witness.payloads).toEqual(['offline'])
  })

  test('[BR23] waits for the end of its delay no longer when another client takes over', () => {
    const { broker, clock, witness, owner } = start()
    owner(delayed(10), session)
    connected(broker, 'owner', session)
    clock.advance(1_000_000)
    expect(witness.messages).toEqual([])
  })

  test('[BR15] the DISCONNECT that shortens the session brings it forward', () => {
    const { witness, owner } = start()
    owner(delayed(10), session).leave({
      reasonCode: REASON.disconnectWithWill,
      properties: { sessionExpiryInterval: 0 },
    })
    expect(witness.payloads).toEqual(['offline'])
  })

  test('[BR16] a delay of years is kept', () => {
    const { broker, clock } = testBroker({ sessionExpiry: Infinity })
    const witness = connected(broker, 'witness')
    witness.subscribe('#')
    const days = 40
    const properties = { sessionExpiryInterval: 4_294_967_295 }
    const will = { topic: 'gone', payload: 'x', ...delayed(days * 86_400) }
    connected(broker, 'owner', { clean: false, properties, will }).drop()
    clock.advance(days * 86_400_000 - 1)
    expect(witness.messages).toEqual([])
    clock.advance(1)
    expect(witness.payloads).toEqual(['x'])
  })
})
