import fc from 'fast-check'
import { generate, type Packet } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import type { Broker } from './broker.ts'
import type { ProtocolLevel } from './protocolLevel.ts'
import { connected } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'
import type { Attachment } from './transport.ts'

const level = fc.constantFrom<ProtocolLevel>(3, 4, 5)
const qos = fc.constantFrom(0 as const, 1 as const, 2 as const)
const topic = fc.constantFrom('a', 'a/b', '$share/g/a', '#', '+/b', '', 'a/#/b', '\0')
const messageId = fc.integer({ min: 1, max: 5 })
const interval = fc.constantFrom(0, 1, 60, 4_294_967_295)
const reasonCode = fc.constantFrom(0, 0x10, 0x80, 0x92)

const packet: fc.Arbitrary<Packet> = fc.oneof(
  fc.record({
    cmd: fc.constant('connect' as const),
    clientId: fc.constantFrom('one', 'two', ''),
    clean: fc.boolean(),
    keepalive: fc.constantFrom(0, 1),
    properties: fc.record({ sessionExpiryInterval: interval, receiveMaximum: messageId }),
    will: fc.record({ topic, payload: fc.constant('will'), qos, retain: fc.boolean() }),
  }),
  fc.record({
    cmd: fc.constant('publish' as const),
    topic,
    payload: fc.string({ maxLength: 20 }),
    qos,
    retain: fc.boolean(),
    dup: fc.constant(false),
    messageId,
    properties: fc.record(
      { topicAlias: messageId, messageExpiryInterval: interval, responseTopic: topic },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    cmd: fc.constantFrom(
      'puback' as const,
      'pubrec' as const,
      'pubrel' as const,
      'pubcomp' as const,
    ),
    messageId,
    reasonCode,
  }),
  fc.record({
    cmd: fc.constant('subscribe' as const),
    messageId,
    subscriptions: fc.array(
      fc.record({ topic, qos, nl: fc.boolean(), rap: fc.boolean(), rh: fc.nat(2) }),
      { minLength: 1, maxLength: 3 },
    ),
    properties: fc.record({ subscriptionIdentifier: messageId }),
  }),
  fc.record({
    cmd: fc.constant('unsubscribe' as const),
    messageId,
    unsubscriptions: fc.array(topic, { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ cmd: fc.constant('pingreq' as const) }),
  fc.record({
    cmd: fc.constant('disconnect' as const),
    reasonCode: fc.constantFrom(0, 4),
    properties: fc.record({ sessionExpiryInterval: interval }),
  }),
)

/** Bytes are changed at these places; a place of more than the length changes nothing. */
const changes = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 4 })
/** Where the stream is cut into pieces. */
const cuts = fc.array(fc.nat(100), { maxLength: 4 })

/** The packets' bytes; what mqtt-packet refuses to write is left out. */
function write(packets: Packet[], protocolVersion: ProtocolLevel): number[] {
  const protocolId = protocolVersion === 3 ? 'MQIsdp' : 'MQTT'
  return packets.flatMap((each) => {
    const whole = each.cmd === 'connect' ? { ...each, protocolVersion, protocolId } : each
    try {
      return [...generate(whole as Packet, { protocolVersion })]
    } catch {
      return []
    }
  })
}

/** A transport whose other side listens to nothing. */
function attach(broker: Broker): Attachment {
  return broker.attach({ write: () => undefined, close: () => undefined })
}

function sendInPieces(attachment: Attachment, bytes: number[], places: number[]): void {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length]
  let start = 0
  for (const end of ends.sort((a, b) => a - b)) {
    attachment.data(Uint8Array.from(bytes.slice(start, end)))
    start = end
  }
}

/** A publisher and a subscriber that know nothing of the others. */
function bystanders(broker: Broker) {
  const [publisher, subscriber] = ['bystander 1', 'bystander 2'].map((id) => connected(broker, id))
  if (publisher === undefined || subscriber === undefined) throw new Error('Nobody is there')
  subscriber.subscribe('private/topic', { qos: 1 })
  return () => {
    subscriber.forget()
    publisher.publish('private/topic', 'still here', { qos: 1, messageId: 1 })
    expect(publisher.last).toMatchObject({ cmd: 'puback', reasonCode: 0 })
    expect(subscriber.payloads).toEqual(['still here'])
    subscriber.acknowledge()
  }
}

describe('whatever a client sends', { timeout: 60_000 }, () => {
  test('[BR27] random bytes before and after the CONNECT do no harm', () => {
    fc.assert(
      fc.property(
        level,
        fc.boolean(),
        fc.uint8Array({ maxLength: 300 }),
        (version, first, bytes) => {
          const { broker, clock } = testBroker()
          const stillHere = bystanders(broker)
          const attachment = attach(broker)
          const connect = { cmd: 'connect', clientId: 'fuzz', clean: true, keepalive: 0 } as const
          if (!first) attachment.data(Uint8Array.from(write([connect], version)))
          attachment.data(bytes)
          stillHere()
          clock.advance(1_000_000)
          stillHere()
          broker.close()
          expect(clock.pending).toBe(0)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('[BR27] several clients with good and broken packets, in any pieces, do no harm', () => {
    const client = fc.record({
      version: level,
      packets: fc.array(packet, { maxLength: 8 }),
      changes,
      cuts,
      ending: fc.constantFrom('drop', 'stay'),
    })
    fc.assert(
      fc.property(fc.array(client, { minLength: 1, maxLength: 4 }), (clients) => {
        const { broker, clock } = testBroker()
        const stillHere = bystanders(broker)
        for (const { version, packets, changes: changed, cuts: places, ending } of clients) {
          const bytes = write(
            [{ cmd: 'connect', clientId: 'one', clean: false, keepalive: 1 }, ...packets],
            version,
          )
          for (const [place, value] of changed) if (place < bytes.length) bytes[place] = value
          const attachment = attach(broker)
          sendInPieces(attachment, bytes, places)
          if (ending === 'drop') attachment.closed()
          stillHere()
        }
        // Beyond the longest keep alive (65,535 s, one and a half times) and the session after it.
        clock.advance(100_000_000)
        stillHere()
        expect(broker.clients().every(({ connected: isConnected }) => isConnected)).toBe(true)
        broker.close()
        expect(clock.pending).toBe(0)
      }),
      { numRuns: 500 },
    )
  })
})
