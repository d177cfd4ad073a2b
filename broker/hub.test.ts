import { describe, expect, test } from 'vitest'
import { connected } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

describe('the way of a message', () => {
  test.each([
    ['sensor/+/temperature', ['sensor/1/temperature']],
    ['sensor/#', ['sensor', 'sensor/1', 'sensor/1/temperature']],
    ['+', ['sensor', 'Sensor']],
    ['#', ['sensor', 'sensor/1', 'sensor/1/temperature', '/', 'Sensor']],
    ['/', ['/']],
    ['+/+', ['sensor/1', '/']],
    ['$SYS/#', ['$SYS/uptime']],
    ['$SYS/+', ['$SYS/uptime']],
  ])('[BR3] %s gets what it matches', (filter, expected) => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.subscribe(filter)
    const topics = ['sensor', 'sensor/1', 'sensor/1/temperature', '/', 'Sensor', '$SYS/uptime']
    for (const topic of topics) client.publish(topic, 'x')
    expect(client.messages.map(({ topic }) => topic)).toEqual(expected)
  })

  test('[BR3] it reaches the publisher too, and payloads arrive as they were, byte by byte', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.subscribe('a')
    const payload = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
    client.send({ cmd: 'publish', topic: 'a', payload, qos: 0, retain: false, dup: false })
    expect(client.messages[0]?.payload).toEqual(payload)
  })

  test.each([
    [0, 2, 0],
    [1, 2, 1],
    [2, 2, 2],
    [2, 1, 1],
    [2, 0, 0],
    [1, 0, 0],
  ] as const)(
    '[BR10] published with QoS %i and subscribed with %i it comes with %i',
    (published, subscribed, expected) => {
      const { broker } = testBroker()
      const client = connected(broker, 'one')
      expect(client.subscribe('a/+', { qos: subscribed })).toEqual([subscribed])
      client.publish('a/b', 'x', { qos: published, messageId: 1 })
      expect(client.messages.map(({ qos }) => qos)).toEqual([expected])
    },
  )

  test('[BR18] two subscriptions that match give one message, with the higher QoS and both ids', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.subscribe('a/+', { qos: 0, identifier: 1 })
    client.subscribe('a/#', { qos: 1, identifier: 2 })
    client.subscribe('a/b', { qos: 0 })
    broker.publish('a/b', Buffer.from('x'), { qos: 2 })
    expect(client.messages).toMatchObject([
      { qos: 1, properties: { subscriptionIdentifier: [2, 1] } },
    ])
  })

  test('[BR18] a subscription without an identifier brings none', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.subscribe('a', { identifier: 1 })
    client.subscribe('a')
    broker.publish('a', Buffer.from('x'))
    expect(client.messages[0]).not.toHaveProperty('properties.subscriptionIdentifier')
  })

  test('[BR18] No Local spares the publisher, through each subscription that asks for it', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.subscribe('a/+', { nl: true, identifier: 1 })
    client.publish('a/b', 'mine')
    connected(broker, 'other').publish('a/b', 'theirs')
    expect(client.payloads).toEqual(['theirs'])
    client.subscribe('a/#', { nl: false, identifier: 2 })
    client.forget()
    client.publish('a/b', 'mine')
    expect(client.messages).toMatchObject([{ properties: { subscriptionIdentifier: 2 } }])
  })

  test('[BR21] all properties reach an MQTT 5 subscriber, and an older one gets the message', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    const old = connected(broker, 'old', { level: 4 })
    for (const each of [client, old]) each.subscribe('a')
    const properties = {
      payloadFormatIndicator: true,
      contentType: 'text/plain',
      responseTopic: 'answers/1',
      correlationData: Buffer.from([0, 1, 255]),
      userProperties: { name: ['one', 'two'], other: '' },
    }
    client.publish('a', 'x', { properties })
    expect(client.messages[0]?.properties).toEqual(properties)
    expect(old.messages[0]).not.toHaveProperty('properties')
    expect(old.payloads).toEqual(['x'])
  })

  test.each([
    [5, 0x87],
    [4, 0],
  ] as const)('[BR6] who may not publish is told 0x%x at level %i', (level, reasonCode) => {
    const { broker } = testBroker({ mayPublish: (_, topic) => topic !== 'secret' })
    const witness = connected(broker, 'witness')
    witness.subscribe('#')
    const client = connected(broker, 'one', { level })
    client.publish('secret', 'x', { qos: 1, messageId: 1 })
    client.publish('secret', 'x', { qos: 2, messageId: 2 })
    const answers = client.received.slice(1)
    expect(answers).toMatchObject([{ cmd: 'puback' }, { cmd: 'pubrec' }])
    if (level === 5) expect(answers).toMatchObject([{ reasonCode }, { reasonCode }])
    expect(witness.messages).toEqual([])
  })

  test.each([
    [5, 0x87],
    [4, 0x80],
  ] as const)('[BR6] who may not subscribe is told so at level %i with 0x%x', (level, code) => {
    const { broker } = testBroker({ maySubscribe: (_, filter) => filter !== '#' })
    const client = connected(broker, 'one', { level })
    expect([client.subscribe('#'), client.subscribe('a')]).toEqual([[code], [2]])
    broker.publish('b', Buffer.from('x'))
    expect(client.messages).toEqual([])
  })
})
