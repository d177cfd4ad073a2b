import { describe, expect, test } from 'vitest'
import { REASON } from './reason.ts'
import { connected, RawClient } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

describe('bytes that are not MQTT', () => {
  test.each([
    ['a reserved packet type', [0x00, 0], REASON.malformedPacket],
    ['a length of five bytes', [0xc0, 0x80, 0x80, 0x80, 0x80, 1], REASON.malformedPacket],
    ['wrong header flags', [0x80, 6, 0, 1, 0, 1, 97, 0], REASON.malformedPacket],
    ['both QoS bits', [0x36, 6, 0, 1, 97, 0, 1, 0], REASON.malformedPacket],
    ['a duplicate of QoS 0', [0x38, 4, 0, 1, 97, 0], REASON.malformedPacket],
    ['a topic that is not UTF-8', [0x30, 4, 0, 1, 0xff, 0], REASON.malformedPacket],
    ['a subscription QoS of 3', [0x82, 7, 0, 1, 0, 0, 1, 97, 3], REASON.malformedPacket],
    ['a retain handling of 3', [0x82, 7, 0, 1, 0, 0, 1, 97, 0x30], REASON.malformedPacket],
    ['a subscription without options', [0x82, 6, 0, 1, 0, 0, 1, 97], REASON.malformedPacket],
    ['a SUBSCRIBE without a filter', [0x82, 3, 0, 1, 0], REASON.protocolError],
    ['an UNSUBSCRIBE without a filter', [0xa2, 3, 0, 1, 0], REASON.protocolError],
    ['a SUBSCRIBE with the identifier 0', [0x82, 7, 0, 0, 0, 0, 1, 97, 0], REASON.protocolError],
    [
      'a subscription identifier of 0',
      [0x82, 9, 0, 1, 2, 0x0b, 0, 0, 1, 97, 0],
      REASON.protocolError,
    ],
    ['a PUBACK of one byte', [0x40, 1, 0], REASON.protocolError],
    ['a PUBLISH with an empty topic', [0x30, 3, 0, 0, 0], REASON.protocolError],
    ['a PUBLISH with a wildcard', [0x30, 4, 0, 1, 35, 0], REASON.topicNameInvalid],
    [
      'a PUBLISH with a subscription identifier',
      [0x30, 6, 0, 1, 97, 2, 0x0b, 1],
      REASON.protocolError,
    ],
    [
      'a response topic with a wildcard',
      [0x30, 8, 0, 1, 97, 4, 0x08, 0, 1, 35],
      REASON.protocolError,
    ],
    ['a CONNACK', [0x20, 3, 0, 0, 0], REASON.protocolError],
    ['a PINGRESP', [0xd0, 0], REASON.protocolError],
    ['an AUTH', [0xf0, 2, 0x18, 0], REASON.protocolError],
    ['a packet above 1 MiB', [0x30, 0x80, 0x80, 0xc0, 0], REASON.packetTooLarge],
  ])('[BR2] %s ends the connection with its reason', (_, bytes, reasonCode) => {
    const { broker } = testBroker()
    const other = connected(broker, 'other')
    const client = connected(broker, 'one')
    client.bytes(...bytes)
    expect(client.received.slice(1)).toMatchObject([{ cmd: 'disconnect', reasonCode }])
    expect(client.isClosed).toBe(true)
    expect(other.isClosed).toBe(false)
  })

  test('[BR2] MQTT 3 knows no reasons: the connection just ends', () => {
    const client = connected(testBroker().broker, 'one', { level: 4 })
    client.bytes(0x00, 0)
    expect(client.received.slice(1)).toEqual([])
    expect(client.isClosed).toBe(true)
  })

  test('[BR2] what comes after the end is not heard', () => {
    const { broker } = testBroker()
    const other = connected(broker, 'other')
    other.subscribe('a')
    const client = connected(broker, 'one')
    client.bytes(0x00, 0, 0x30, 4, 0, 1, 97, 0)
    client.publish('a', 'late')
    expect(other.messages).toEqual([])
  })

  test('[BR8] a packet of exactly the largest size is taken', () => {
    const { broker } = testBroker({ maximumPacketSize: 100 })
    const client = connected(broker, 'one')
    client.subscribe('a')
    client.publish('a', 'x'.repeat(94))
    expect(client.payloads).toEqual(['x'.repeat(94)])
    client.publish('a', 'x'.repeat(95))
    expect(client.last).toMatchObject({ reasonCode: REASON.packetTooLarge })
  })
})

describe('a transport that fails', () => {
  test('[BR27] costs its own client the connection, and not the one whose message it was', () => {
    const errors: unknown[] = []
    const { broker } = testBroker({ onError: (error) => errors.push(error) })
    const broken = connected(broker, 'broken')
    broken.subscribe('#')
    broken.failWrites()
    const other = connected(broker, 'other')
    other.subscribe('#')
    const publisher = connected(broker, 'publisher')
    publisher.publish('a', 'x', { qos: 1, messageId: 1 })
    expect(other.payloads).toEqual(['x'])
    expect(publisher.last).toMatchObject({ cmd: 'puback' })
    expect(broken.isClosed).toBe(true)
    expect(errors).toHaveLength(1)
  })

  test('a client that reads too slowly is spared messages of QoS 0, and only those', () => {
    const { broker } = testBroker({ unsent: 1000 })
    const slow = connected(broker, 'slow')
    slow.subscribe('#')
    slow.unsent = 1001
    broker.publish('a', Buffer.from('lost'))
    broker.publish('a', Buffer.from('kept'), { qos: 1 })
    slow.unsent = 1000
    broker.publish('a', Buffer.from('taken'))
    expect(slow.payloads).toEqual(['kept', 'taken'])
  })
})

describe('the end of the broker', () => {
  test('[BR30] tells MQTT 5 clients, publishes no wills and leaves no timers', () => {
    const { broker, clock } = testBroker()
    const witness = connected(broker, 'witness')
    witness.subscribe('#')
    const will = { topic: 'gone', payload: 'x' }
    const old = connected(broker, 'old', { level: 4, clean: false, keepalive: 10, will })
    const properties = { sessionExpiryInterval: 60 }
    const delayed = { ...will, properties: { willDelayInterval: 10 } }
    connected(broker, 'dropped', { properties, will: delayed }).drop()
    const silent = new RawClient(broker)
    broker.close()
    expect(witness.last).toMatchObject({
      cmd: 'disconnect',
      reasonCode: REASON.serverShuttingDown,
    })
    expect([witness, old, silent].map((client) => client.isClosed)).toEqual([true, true, true])
    expect(old.received).toHaveLength(1)
    expect(witness.messages).toEqual([])
    expect(clock.pending).toBe(0)
    expect(broker.clients()).toEqual([])
  })

  test('[BR30] a closed broker closes every new transport at once', () => {
    const { broker } = testBroker()
    broker.close()
    const client = new RawClient(broker)
    client.send({ cmd: 'pingreq' })
    expect(client.isClosed).toBe(true)
    expect(client.received).toEqual([])
  })
})

describe('what its owner can do', () => {
  test('publish a message, and learn how many sessions get it', () => {
    const { broker } = testBroker()
    const clients = ['one', 'two'].map((id) => connected(broker, id))
    for (const client of clients) client.subscribe('a')
    expect(broker.publish('a', Buffer.from('x'), { retain: true })).toBe(2)
    expect(broker.publish('b', Buffer.from('x'))).toBe(0)
    expect(clients.map(({ payloads }) => payloads)).toEqual([['x'], ['x']])
  })

  test('disconnect a client with a reason, or cut it off without one', () => {
    const { broker } = testBroker()
    const told = connected(broker, 'told')
    expect(broker.disconnect('told', REASON.serverBusy, 'Come back later')).toBe(true)
    expect(told.last).toMatchObject({
      reasonCode: REASON.serverBusy,
      properties: { reasonString: 'Come back later' },
    })
    const cut = connected(broker, 'cut')
    expect(broker.cut('cut')).toBe(true)
    expect(cut.received).toHaveLength(1)
    expect([told.isClosed, cut.isClosed]).toEqual([true, true])
    expect([broker.disconnect('told', 0x89), broker.cut('nobody')]).toEqual([false, false])
  })

  test('see every packet in both directions', () => {
    const seen: string[] = []
    const { broker } = testBroker({
      onPacket: ({ direction, clientId, packet }) =>
        seen.push(`${direction} ${clientId} ${packet.cmd}`),
    })
    connected(broker, 'one').send({ cmd: 'pingreq' })
    expect(seen).toEqual([
      'in one connect',
      'out one connack',
      'in one pingreq',
      'out one pingresp',
    ])
  })

  test('see who has a session, connected or not, and with which filters', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one', { level: 4, clean: false })
    client.subscribe('a/+')
    expect(broker.clients()).toEqual([{ clientId: 'one', connected: true, filters: ['a/+'] }])
    client.drop()
    expect(broker.clients()).toMatchObject([{ clientId: 'one', connected: false }])
  })
})
