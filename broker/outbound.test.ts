import { describe, expect, test } from 'vitest'
import type { Broker } from './broker.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { Outbound } from './outbound.ts'
import { REASON } from './reason.ts'
import { ManualClock } from './testing/manualClock.ts'
import { connected, type RawClient } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

const session = { clean: false, properties: { sessionExpiryInterval: 60 } }

function start(options: Parameters<typeof connected>[2] = session) {
  const { broker, clock } = testBroker()
  const client = connected(broker, 'client', options)
  client.subscribe('#', { qos: 2 })
  client.forget()
  return { broker, clock, client }
}

function publish(broker: Broker, qos: 0 | 1 | 2, ...payloads: string[]): void {
  for (const payload of payloads) broker.publish('a', Buffer.from(payload), { qos })
}

const received = (client: RawClient, messageId: number, reasonCode = 0) =>
  client.send({ cmd: 'pubrec', messageId, reasonCode })
const completed = (client: RawClient, messageId: number) =>
  client.send({ cmd: 'pubcomp', messageId, reasonCode: 0 })

/** What the client got since, in short: `publish 1`, or `publish 1 dup`. */
function short(client: RawClient): string[] {
  return client.received.map((packet) =>
    packet.cmd === 'publish'
      ? `publish ${packet.messageId ?? 0}${packet.dup ? ' dup' : ''}`
      : `${packet.cmd} ${packet.messageId ?? ''}`.trim(),
  )
}

describe('packet identifiers', () => {
  test('[BR12] count up, start again behind 65,535, and spare those that are in use', () => {
    const outbound = new Outbound(DEFAULT_LIMITS, new ManualClock())
    const ids: number[] = []
    outbound.attach({
      level: 5,
      receiveMaximum: 65_535,
      maximumPacketSize: Infinity,
      publish: ({ messageId }) => ids.push(messageId) > 0,
      send: () => undefined,
      end: () => undefined,
      cut: () => undefined,
    })
    const message = { topic: 'a', payload: new Uint8Array(0), retain: false, properties: {} }
    for (let count = 0; count <= 65_535; count++) {
      outbound.deliver({
        message: { ...message, qos: 1, publisher: '' },
        qos: 1,
        retain: false,
        identifiers: [],
      })
      // The first one stays unacknowledged.
      if (count > 0) outbound.acknowledged(ids.at(-1) ?? 0)
    }
    expect(ids.slice(0, 3)).toEqual([1, 2, 3])
    expect(ids.slice(-2)).toEqual([65_535, 2])
  })

  test('[BR12] QoS 0 has none', () => {
    const { broker, client } = start()
    publish(broker, 0, 'x')
    expect(client.messages[0]?.messageId).toBeUndefined()
  })
})

describe('delivered with QoS 2', () => {
  test.each([4, 5] as const)('[BR12] it goes through all four packets (level %i)', (level) => {
    const { broker, client } = start({ level })
    publish(broker, 2, 'x')
    received(client, 1)
    expect(client.last).toMatchObject({ cmd: 'pubrel', messageId: 1 })
    completed(client, 1)
    expect(short(client)).toEqual(['publish 1', 'pubrel 1'])
  })

  test('[BR12] a second PUBREC gets a second PUBREL', () => {
    const { broker, client } = start()
    publish(broker, 2, 'x')
    received(client, 1)
    received(client, 1)
    expect(short(client)).toEqual(['publish 1', 'pubrel 1', 'pubrel 1'])
  })

  test('[BR12] a PUBREC that refuses ends it', () => {
    const { broker, client } = start()
    publish(broker, 2, 'x')
    received(client, 1, REASON.unspecified)
    client.drop()
    expect(short(connected(broker, 'client', session))).toEqual(['connack'])
  })

  test('[BR12] a PUBREC for nothing gets a PUBREL that says so', () => {
    const { client } = start()
    received(client, 7)
    expect(client.last).toMatchObject({
      cmd: 'pubrel',
      messageId: 7,
      reasonCode: REASON.packetIdentifierNotFound,
    })
  })

  test('[BR12] acknowledgements of nothing do no harm', () => {
    const { broker, client } = start()
    client.send({ cmd: 'puback', messageId: 9, reasonCode: 0 })
    completed(client, 10)
    publish(broker, 1, 'x')
    expect(client.payloads).toEqual(['x'])
  })
})

describe('over a new connection', () => {
  test('[BR12] what was not acknowledged comes again, in order, as a duplicate with its id', () => {
    const { broker, client } = start()
    publish(broker, 1, '1', '2', '3')
    client.send({ cmd: 'puback', messageId: 2, reasonCode: 0 })
    client.drop()
    publish(broker, 1, '4')
    const again = connected(broker, 'client', session)
    expect(short(again)).toEqual(['connack', 'publish 1 dup', 'publish 3 dup', 'publish 4'])
    expect(again.payloads).toEqual(['1', '3', '4'])
  })

  test('[BR12] of a released QoS 2 message only the PUBREL comes again', () => {
    const { broker, client } = start()
    publish(broker, 2, '1', '2')
    received(client, 1)
    client.drop()
    const again = connected(broker, 'client', session)
    expect(short(again)).toEqual(['connack', 'pubrel 1', 'publish 2 dup'])
    completed(again, 1)
    received(again, 2)
    completed(again, 2)
    again.drop()
    expect(short(connected(broker, 'client', session))).toEqual(['connack'])
  })

  test('[BR12] a clean start gets none of it', () => {
    const { broker, client } = start()
    publish(broker, 2, 'x')
    client.drop()
    const again = connected(broker, 'client')
    again.subscribe('#')
    expect(again.messages).toEqual([])
  })
})

describe('the Receive Maximum of the client', () => {
  const narrow = { clean: false, properties: { sessionExpiryInterval: 60, receiveMaximum: 2 } }

  test('[BR17] is the number of QoS 1 and 2 messages on their way; the others wait their turn', () => {
    const { broker, client } = start(narrow)
    publish(broker, 1, '1', '2', '3', '4')
    expect(client.payloads).toEqual(['1', '2'])
    client.send({ cmd: 'puback', messageId: 1, reasonCode: 0 })
    expect(client.payloads).toEqual(['1', '2', '3'])
    client.acknowledge()
    expect(client.payloads).toEqual(['1', '2', '3', '4'])
  })

  test('[BR17] a QoS 2 message occupies its place until the PUBCOMP', () => {
    const { broker, client } = start(narrow)
    publish(broker, 2, '1', '2', '3')
    received(client, 1)
    expect(client.payloads).toEqual(['1', '2'])
    completed(client, 1)
    expect(client.payloads).toEqual(['1', '2', '3'])
    received(client, 2, REASON.unspecified)
    publish(broker, 2, '4')
    expect(client.payloads).toEqual(['1', '2', '3', '4'])
  })

  test('[BR17] QoS 0 passes by', () => {
    const { broker, client } = start(narrow)
    publish(broker, 1, '1', '2', '3')
    publish(broker, 0, 'quick')
    expect(client.payloads).toEqual(['1', '2', 'quick'])
  })

  test('[BR17] holds for what is sent again, even if it is smaller than before', () => {
    const { broker, client } = start()
    publish(broker, 1, '1', '2', '3', '4')
    client.drop()
    const again = connected(broker, 'client', narrow)
    expect(again.payloads).toEqual(['1', '2'])
    again.acknowledge()
    expect(again.payloads).toEqual(['1', '2', '3', '4'])
    expect(again.messages.map(({ dup }) => dup)).toEqual([true, true, true, true])
  })
})

describe('the Maximum Packet Size of the client', () => {
  const small = { clean: true, properties: { maximumPacketSize: 30 } }

  test.each([0, 1, 2] as const)('[BR8] a larger message is left out (QoS %i)', (qos) => {
    const { broker, client } = start(small)
    publish(broker, qos, 'before', 'x'.repeat(100), 'after')
    expect(client.payloads).toEqual(['before', 'after'])
  })

  test('[BR8] left out, it takes no place from others', () => {
    const { broker, client } = start({ properties: { receiveMaximum: 1, maximumPacketSize: 30 } })
    publish(broker, 1, 'x'.repeat(100), 'y')
    expect(client.payloads).toEqual(['y'])
  })

  test('[BR8] counts the whole packet', () => {
    const { broker, client } = start(small)
    // Two bytes of header, three of topic, one of property length.
    publish(broker, 0, 'x'.repeat(24), 'x'.repeat(25))
    expect(client.payloads).toEqual(['x'.repeat(24)])
  })
})
