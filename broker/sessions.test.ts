import { describe, expect, test } from 'vitest'
import { REASON } from './reason.ts'
import { connected, RawClient } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

const MINUTE = 60_000

function lasting(sessionExpiryInterval: number, clean = false) {
  return { clean, properties: { sessionExpiryInterval } }
}

/** Whether the broker says that it knows the session. */
function isPresent(broker: Parameters<typeof connected>[0], level: 3 | 4 | 5, clean = false) {
  return new RawClient(broker, level).connect('one', { ...lasting(60), clean }).sessionPresent
}

describe('a session', () => {
  test('[BR13] of MQTT 3 that is not clean stays, even without subscriptions', () => {
    const { broker } = testBroker()
    connected(broker, 'one', { level: 4, clean: false }).leave()
    expect(isPresent(broker, 4)).toBe(true)
  })

  test('[BR13] of MQTT 3 that is clean goes with its connection', () => {
    const { broker } = testBroker()
    connected(broker, 'one', { level: 4, clean: true }).drop()
    expect(broker.clients()).toEqual([])
    expect(isPresent(broker, 4)).toBe(false)
  })

  test('[BR13] of MQTT 5 goes with its connection unless it has an expiry interval', () => {
    const { broker } = testBroker()
    connected(broker, 'one', { clean: false }).drop()
    expect(isPresent(broker, 5)).toBe(false)
  })

  test.each(['drop', 'leave'] as const)(
    '[BR13] lives as long as its expiry interval after a %s',
    (way) => {
      const { broker, clock } = testBroker()
      connected(broker, 'one', lasting(60))[way]()
      clock.advance(MINUTE - 1)
      expect(broker.clients()).toHaveLength(1)
      clock.advance(1)
      expect(broker.clients()).toEqual([])
    },
  )

  test('[BR13] does not expire while its client is connected', () => {
    const { broker, clock } = testBroker()
    connected(broker, 'one', lasting(60)).drop()
    clock.advance(MINUTE / 2)
    const client = connected(broker, 'one', lasting(60))
    clock.advance(10 * MINUTE)
    client.drop()
    clock.advance(MINUTE - 1)
    expect(isPresent(broker, 5)).toBe(true)
  })

  test('[BR13] lives for five minutes at most, and a client that wants more is told', () => {
    const { broker, clock } = testBroker()
    const client = new RawClient(broker)
    expect(client.connect('one', lasting(4_294_967_295)).properties).toMatchObject({
      sessionExpiryInterval: 300,
    })
    client.drop()
    clock.advance(5 * MINUTE - 1)
    expect(broker.clients()).toHaveLength(1)
    clock.advance(1)
    expect(broker.clients()).toEqual([])
    const modest = new RawClient(broker).connect('two', lasting(300))
    expect(modest.properties).not.toHaveProperty('sessionExpiryInterval')
  })

  test('[BR13] of MQTT 3 has the same limit, since its protocol knows none', () => {
    const { broker, clock } = testBroker()
    connected(broker, 'one', { level: 4, clean: false }).leave()
    clock.advance(5 * MINUTE)
    expect(broker.clients()).toEqual([])
  })

  test('[BR13] can be given another end with the DISCONNECT', () => {
    const { broker, clock } = testBroker()
    connected(broker, 'one', lasting(60)).leave({ properties: { sessionExpiryInterval: 120 } })
    clock.advance(2 * MINUTE - 1)
    expect(broker.clients()).toHaveLength(1)
    connected(broker, 'two', lasting(60)).leave({ properties: { sessionExpiryInterval: 0 } })
    expect(broker.clients().map(({ clientId }) => clientId)).toEqual(['one'])
    connected(broker, 'three', lasting(60)).leave({ properties: { sessionExpiryInterval: 9999 } })
    clock.advance(5 * MINUTE)
    expect(broker.clients()).toEqual([])
  })

  test('[BR13] that was to end with its connection cannot be kept by the DISCONNECT', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.leave({ properties: { sessionExpiryInterval: 60 } })
    expect(client.last).toMatchObject({ cmd: 'disconnect', reasonCode: REASON.protocolError })
    expect(broker.clients()).toEqual([])
  })

  test('[BR13] is dropped by a clean start, with its subscriptions and messages', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one', lasting(60))
    client.subscribe('a', { qos: 1 })
    client.drop()
    broker.publish('a', Buffer.from('queued'), { qos: 1 })
    const again = connected(broker, 'one', lasting(60, true))
    broker.publish('a', Buffer.from('live'), { qos: 1 })
    expect(again.received).toMatchObject([{ cmd: 'connack', sessionPresent: false }])
  })

  test('[BR13] keeps its subscriptions for the next connection, of whatever version', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one', lasting(60))
    client.subscribe('a')
    client.drop()
    const again = connected(broker, 'one', { level: 4, clean: false })
    broker.publish('a', Buffer.from('x'))
    expect(again.received).toMatchObject([{ sessionPresent: true }, { cmd: 'publish' }])
  })

  test('[BR13] is not announced to MQTT 3.1, whose CONNACK has no place for it', () => {
    const { broker } = testBroker()
    connected(broker, 'one', { level: 3, clean: false }).drop()
    expect(broker.clients()).toHaveLength(1)
    expect(isPresent(broker, 3)).toBe(false)
  })

  test('[BR13] that expired receives nothing any more', () => {
    const { broker, clock } = testBroker()
    const client = connected(broker, 'one', lasting(60))
    client.subscribe('a')
    client.subscribe('$share/g/a')
    client.drop()
    expect(broker.publish('a', Buffer.from('x'), { qos: 1 })).toBe(2)
    clock.advance(MINUTE)
    expect(broker.publish('a', Buffer.from('x'), { qos: 1 })).toBe(0)
    expect(clock.pending).toBe(0)
  })
})

describe('what waits for a client that is away', () => {
  function away(limit = 1000) {
    const { broker, clock } = testBroker({ queuedOffline: limit })
    const client = connected(broker, 'one', { level: 4, clean: false })
    client.subscribe('#', { qos: 2 })
    return { broker, clock, client }
  }
  const back = (broker: Parameters<typeof connected>[0]) =>
    connected(broker, 'one', { level: 4, clean: false })

  test.each(['drop', 'leave'] as const)(
    '[BR14] QoS 1 and 2 messages, in their order (after a %s)',
    (way) => {
      const { broker, client } = away()
      client[way]()
      for (let number = 0; number < 500; number++) {
        broker.publish('a', Buffer.from(String(number)), { qos: number % 2 === 0 ? 1 : 2 })
      }
      const again = back(broker)
      expect(again.payloads).toEqual(Array.from({ length: 500 }, (_, number) => String(number)))
      expect(again.messages.some(({ dup }) => dup)).toBe(false)
    },
  )

  test('[BR14] nothing of QoS 0, nor what was published with QoS 0', () => {
    const { broker, client } = away()
    client.leave()
    broker.publish('a', Buffer.from('x'), { qos: 0 })
    expect(back(broker).messages).toEqual([])
  })

  test('[BR14] nothing for a subscription of QoS 0', () => {
    const { broker, client } = away()
    client.subscribe('#', { qos: 0 })
    client.leave()
    broker.publish('a', Buffer.from('x'), { qos: 2 })
    expect(back(broker).messages).toEqual([])
  })

  test('[BR14] at most a thousand messages; the oldest give way', () => {
    const { broker, client } = away()
    client.leave()
    for (let number = 0; number < 1200; number++) {
      broker.publish('a', Buffer.from(String(number)), { qos: 1 })
    }
    const again = back(broker)
    again.acknowledge()
    expect(again.payloads).toEqual(Array.from({ length: 1000 }, (_, index) => String(index + 200)))
  })

  test('[BR14] each QoS 2 message, from the first to the last', () => {
    const { broker, client } = away()
    client.leave()
    for (const payload of ['1', '2', '3']) broker.publish('a', Buffer.from(payload), { qos: 2 })
    const again = back(broker)
    expect(again.messages.map(({ qos, payload }) => `${qos} ${payload.toString()}`)).toEqual([
      '2 1',
      '2 2',
      '2 3',
    ])
  })

  test('[BR22] but not what has expired in the meantime; the rest says how long it has left', () => {
    const { broker, clock } = testBroker()
    connected(broker, 'one', lasting(60)).subscribe('#', { qos: 1 })
    broker.cut('one')
    const publish = (messageExpiryInterval: number) =>
      broker.publish('a', Buffer.from(String(messageExpiryInterval)), {
        qos: 1,
        properties: { messageExpiryInterval },
      })
    publish(5)
    publish(30)
    clock.advance(10_500)
    const again = connected(broker, 'one', lasting(60))
    expect(again.payloads).toEqual(['30'])
    expect(again.messages[0]).toMatchObject({ properties: { messageExpiryInterval: 20 } })
  })
})

describe('two clients with one id', () => {
  test.each([
    [5, [{ cmd: 'disconnect', reasonCode: REASON.sessionTakenOver }]],
    [4, []],
  ] as const)(
    '[BR23] the newer one stays; the older one is told at level %i',
    (level, farewell) => {
      const { broker } = testBroker()
      const older = connected(broker, 'one', { level })
      const newer = connected(broker, 'one', { level })
      expect(older.received.slice(1)).toMatchObject(farewell)
      expect([older.isClosed, newer.isClosed]).toEqual([true, false])
      expect(broker.clients()).toEqual([{ clientId: 'one', connected: true, filters: [] }])
    },
  )

  test('[BR23] the session goes over to the newer one', () => {
    const { broker } = testBroker()
    const older = connected(broker, 'one', lasting(60))
    older.subscribe('a', { qos: 1 })
    broker.publish('a', Buffer.from('unacknowledged'), { qos: 1 })
    const newer = connected(broker, 'one', lasting(60))
    broker.publish('a', Buffer.from('next'), { qos: 1 })
    expect(newer.received[0]).toMatchObject({ sessionPresent: true })
    expect(newer.payloads).toEqual(['unacknowledged', 'next'])
    expect(older.payloads).toEqual(['unacknowledged'])
  })

  test('[BR23] the end of the older transport, noticed late, does not touch the newer one', () => {
    const { broker } = testBroker()
    const older = connected(broker, 'one', lasting(60))
    const newer = connected(broker, 'one', lasting(60))
    older.drop()
    newer.send({ cmd: 'pingreq' })
    expect(newer.last).toMatchObject({ cmd: 'pingresp' })
    expect(broker.clients()).toMatchObject([{ connected: true }])
  })

  test('[BR23] the will of the older one is published', () => {
    const { broker } = testBroker()
    const witness = connected(broker, 'witness')
    witness.subscribe('gone')
    connected(broker, 'one', { will: { topic: 'gone', payload: 'x' } })
    connected(broker, 'one')
    expect(witness.payloads).toEqual(['x'])
  })
})

describe('unsubscribing', () => {
  test('[BR24] MQTT 5 is told which filters were subscribed and which were not', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.subscribe('a')
    client.subscribe('$share/g/b')
    const unsubscriptions = ['a', 'never', 'a', '$share/g/b', 'a/#/b']
    client.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions })
    expect(client.last).toMatchObject({
      cmd: 'unsuback',
      messageId: 3,
      granted: [0, 0x11, 0x11, 0, REASON.topicFilterInvalid],
    })
    for (const topic of ['a', 'b']) expect(broker.publish(topic, Buffer.from('x'))).toBe(0)
  })

  test('[BR24] MQTT 3 gets an UNSUBACK without codes', () => {
    const client = connected(testBroker().broker, 'one', { level: 4 })
    client.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['never'] })
    expect([...(client.writes.at(-1) ?? [])]).toEqual([0xb0, 2, 0, 3])
  })
})
