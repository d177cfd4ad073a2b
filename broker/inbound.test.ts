import { describe, expect, test } from 'vitest'
import { REASON } from './reason.ts'
import { connected, type RawClient } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

function start(level: 4 | 5 = 5) {
  const { broker, clock } = testBroker({ receiveMaximum: 3, topicAliasMaximum: 5 })
  const witness = connected(broker, 'witness')
  witness.subscribe('#', { qos: 0 })
  const client = connected(broker, 'client', { level })
  client.forget()
  return { broker, clock, witness, client }
}

function release(client: RawClient, messageId: number): void {
  client.send({ cmd: 'pubrel', messageId, reasonCode: 0 })
}

describe('published with QoS 1', () => {
  test.each([4, 5] as const)('[BR11] a message is acknowledged by its id (level %i)', (level) => {
    const { client, witness } = start(level)
    client.publish('a', 'x', { qos: 1, messageId: 65_535 })
    expect(client.received).toMatchObject([{ cmd: 'puback', messageId: 65_535 }])
    expect(witness.payloads).toEqual(['x'])
  })

  test('[BR11] the publisher of MQTT 5 learns that nobody is subscribed', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.publish('a', 'x', { qos: 1, messageId: 1 })
    client.publish('a', 'x', { qos: 2, messageId: 2 })
    expect(client.received.slice(1)).toMatchObject([
      { cmd: 'puback', reasonCode: REASON.noMatchingSubscribers },
      { cmd: 'pubrec', reasonCode: REASON.noMatchingSubscribers },
    ])
  })

  test('[BR11] sent again it is delivered again, and the duplicate flag is not passed on', () => {
    const { client, witness } = start()
    client.publish('a', 'x', { qos: 1, messageId: 1 })
    client.publish('a', 'x', { qos: 1, messageId: 1, dup: true })
    expect(client.all('puback')).toHaveLength(2)
    expect(witness.messages.map(({ dup }) => dup)).toEqual([false, false])
  })
})

describe('published with QoS 2', () => {
  test.each([4, 5] as const)('[BR11] it goes through all four packets (level %i)', (level) => {
    const { client, witness } = start(level)
    client.publish('a', 'x', { qos: 2, messageId: 9 })
    expect(client.last).toMatchObject({ cmd: 'pubrec', messageId: 9 })
    release(client, 9)
    expect(client.last).toMatchObject({ cmd: 'pubcomp', messageId: 9 })
    expect(witness.payloads).toEqual(['x'])
  })

  test('[BR11] sent again before its release it is answered and not delivered again', () => {
    const { client, witness } = start()
    client.publish('a', 'x', { qos: 2, messageId: 1 })
    client.publish('a', 'x', { qos: 2, messageId: 1, dup: true })
    expect(client.all('pubrec')).toMatchObject([{ reasonCode: 0 }, { reasonCode: 0 }])
    expect(witness.payloads).toEqual(['x'])
  })

  test('[BR11] after its release the id is free for another message', () => {
    const { client, witness } = start()
    client.publish('a', 'x', { qos: 2, messageId: 1 })
    release(client, 1)
    client.publish('a', 'y', { qos: 2, messageId: 1 })
    expect(witness.payloads).toEqual(['x', 'y'])
  })

  test('[BR11] it is known over a lost connection, if the session is', () => {
    const { broker, witness } = start()
    const session = { clean: false, properties: { sessionExpiryInterval: 60 } }
    const client = connected(broker, 'one', session)
    client.publish('a', 'x', { qos: 2, messageId: 1 })
    client.drop()
    const again = connected(broker, 'one', session)
    again.publish('a', 'x', { qos: 2, messageId: 1, dup: true })
    release(again, 1)
    expect(again.received.map(({ cmd }) => cmd)).toEqual(['connack', 'pubrec', 'pubcomp'])
    expect(witness.payloads).toEqual(['x'])
  })

  test('[BR11] a release of nothing is answered all the same, with its reason', () => {
    const { client } = start()
    release(client, 5)
    expect(client.received).toMatchObject([
      { cmd: 'pubcomp', messageId: 5, reasonCode: REASON.packetIdentifierNotFound },
    ])
  })

  test('[BR11] refused, its id is free at once', () => {
    const { broker, client, witness } = start()
    const behave = broker.faults.add({ puback: { topic: 'a', reasonCode: REASON.notAuthorized } })
    client.publish('a', 'x', { qos: 2, messageId: 1 })
    behave()
    client.publish('a', 'y', { qos: 2, messageId: 1 })
    expect(client.received).toMatchObject([
      { cmd: 'pubrec', reasonCode: REASON.notAuthorized },
      { cmd: 'pubrec', reasonCode: 0 },
    ])
    expect(witness.payloads).toEqual(['y'])
  })
})

describe('the Receive Maximum of the broker', () => {
  test('[BR17] a client that exceeds it is disconnected', () => {
    const { client } = start()
    for (const messageId of [1, 2, 3]) client.publish('a', 'x', { qos: 2, messageId })
    expect(client.isClosed).toBe(false)
    client.publish('a', 'x', { qos: 2, messageId: 4 })
    expect(client.last).toMatchObject({ reasonCode: REASON.receiveMaximumExceeded })
  })

  test('[BR17] finished messages and duplicates do not count', () => {
    const { client } = start()
    for (const messageId of [1, 2, 3, 3, 3]) client.publish('a', 'x', { qos: 2, messageId })
    release(client, 2)
    client.publish('a', 'x', { qos: 2, messageId: 4 })
    expect(client.isClosed).toBe(false)
  })

  test('[BR17] messages whose PUBACK is late count until it is sent', () => {
    const { broker, clock, client } = start()
    broker.faults.add({ publishAcks: 100 })
    for (const messageId of [1, 2, 3]) client.publish('a', 'x', { qos: 1, messageId })
    clock.advance(100)
    client.publish('a', 'x', { qos: 1, messageId: 4 })
    expect(client.isClosed).toBe(false)
    for (const messageId of [5, 6, 7]) client.publish('a', 'x', { qos: 1, messageId })
    expect(client.isClosed).toBe(true)
  })

  test('[BR17] is unknown to MQTT 3, whose clients may send what they like', () => {
    const { client } = start(4)
    for (let messageId = 1; messageId <= 10; messageId++) {
      client.publish('a', 'x', { qos: 2, messageId })
    }
    expect(client.isClosed).toBe(false)
  })
})

describe('topic aliases', () => {
  const alias = (topicAlias: number) => ({ properties: { topicAlias } })

  test('[BR20] stand for the topic that they came with last', () => {
    const { client, witness } = start()
    client.publish('a', '1', alias(5))
    client.publish('', '2', alias(5))
    client.publish('b', '3', alias(5))
    client.publish('', '4', alias(5))
    expect(witness.messages.map(({ topic }) => topic)).toEqual(['a', 'a', 'b', 'b'])
    expect(witness.payloads).toEqual(['1', '2', '3', '4'])
  })

  test('[BR20] do not reach the subscribers', () => {
    const { client, witness } = start()
    client.publish('a', 'x', alias(1))
    expect(witness.messages[0]).not.toHaveProperty('properties.topicAlias')
  })

  test.each([
    ['0', 0, 'a', REASON.topicAliasInvalid],
    ['above the maximum', 6, 'a', REASON.topicAliasInvalid],
    ['that means nothing yet', 1, '', REASON.protocolError],
  ])('[BR20] one %s ends the connection', (_, topicAlias, topic, reasonCode) => {
    const { client } = start()
    // mqtt-packet refuses to write the alias 0.
    const name = Buffer.from(topic)
    client.bytes(0x30, name.length + 6, 0, name.length, ...name, 3, 0x23, 0, topicAlias)
    expect(client.last).toMatchObject({ cmd: 'disconnect', reasonCode })
  })

  test('[BR20] end with the connection', () => {
    const { broker, client } = start()
    client.publish('a', 'x', alias(1))
    client.drop()
    const again = connected(broker, 'client')
    again.publish('', 'x', alias(1))
    expect(again.last).toMatchObject({ reasonCode: REASON.protocolError })
  })

  test('[BR20] work with QoS 2, duplicates included', () => {
    const { client, witness } = start()
    client.publish('a', 'x', { qos: 2, messageId: 1, ...alias(1) })
    client.publish('', 'x', { qos: 2, messageId: 1, dup: true, ...alias(1) })
    client.publish('', 'y', { qos: 2, messageId: 2, ...alias(1) })
    expect(witness.payloads).toEqual(['x', 'y'])
  })
})
