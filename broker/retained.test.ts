import { describe, expect, test } from 'vitest'
import { connected } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

function start() {
  const { broker, clock } = testBroker()
  return { broker, clock, publisher: connected(broker, 'publisher') }
}

const retain = true

describe('retained messages', () => {
  test('[BR9] a later subscriber gets the last one only, marked as retained', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'first', { retain })
    publisher.publish('a', 'second', { retain })
    publisher.publish('a', 'not retained')
    const later = connected(broker, 'later')
    later.subscribe('a')
    expect(later.messages).toMatchObject([{ retain: true, topic: 'a' }])
    expect(later.payloads).toEqual(['second'])
  })

  test.each([4, 5] as const)(
    '[BR9] whoever is subscribed already gets it as a live message, without the flag (level %i)',
    (level) => {
      const { broker, publisher } = start()
      const client = connected(broker, 'one', { level })
      client.subscribe('a')
      publisher.publish('a', 'x', { retain })
      expect(client.messages).toMatchObject([{ retain: false }])
    },
  )

  test('[BR9] the answer to the SUBSCRIBE comes first', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    const client = connected(broker, 'one')
    client.subscribe('a')
    expect(client.received.map(({ cmd }) => cmd)).toEqual(['connack', 'suback', 'publish'])
  })

  test('[BR9] an empty one clears the topic, and reaches those who listen', () => {
    const { broker, publisher } = start()
    const listener = connected(broker, 'listener')
    listener.subscribe('a')
    publisher.publish('a', 'x', { retain })
    publisher.publish('a', '', { retain })
    expect(listener.payloads).toEqual(['x', ''])
    const later = connected(broker, 'later')
    later.subscribe('a')
    expect(later.messages).toEqual([])
  })

  test('[BR9] wildcards find all of them, but # and + none that begin with $', () => {
    const { broker, publisher } = start()
    for (const topic of ['a/1', 'a/2', 'b', '$x/a']) publisher.publish(topic, topic, { retain })
    const client = connected(broker, 'one')
    client.subscribe('a/+')
    expect(client.payloads).toEqual(['a/1', 'a/2'])
    client.forget()
    client.subscribe('#')
    expect(client.payloads).toEqual(['a/1', 'a/2', 'b'])
    client.forget()
    client.subscribe('$x/#')
    expect(client.payloads).toEqual(['$x/a'])
  })

  test('[BR10] they come with the lower of both QoS', () => {
    const { broker, publisher } = start()
    publisher.publish('low', 'x', { retain })
    publisher.publish('high', 'x', { retain, qos: 1, messageId: 1 })
    const client = connected(broker, 'one')
    for (const [filter, qos] of [
      ['low', 1],
      ['high', 1],
      ['high', 0],
    ] as const) {
      client.subscribe(filter, { qos })
    }
    expect(client.messages.map(({ qos }) => qos)).toEqual([0, 1, 0])
  })

  test('[BR9] they outlive the client that published them', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    publisher.leave()
    const client = connected(broker, 'one')
    client.subscribe('a')
    expect(client.payloads).toEqual(['x'])
  })

  test('[BR9] each filter of a SUBSCRIBE brings its own', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    const client = connected(broker, 'one')
    const subscriptions = ['a', '#'].map((topic) => ({ topic, qos: 0 as const }))
    client.send({ cmd: 'subscribe', messageId: 1, subscriptions })
    expect(client.payloads).toEqual(['x', 'x'])
  })
})

describe('how MQTT 5 subscribers want them', () => {
  test('[BR18] Retain Handling 0 sends them with every SUBSCRIBE', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    const client = connected(broker, 'one')
    client.subscribe('a', { rh: 0 })
    client.subscribe('a', { rh: 0 })
    expect(client.payloads).toEqual(['x', 'x'])
  })

  test('[BR18] Retain Handling 1 sends them only when the subscription is new', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    const client = connected(broker, 'one')
    client.subscribe('a', { rh: 1 })
    client.subscribe('a', { rh: 1 })
    expect(client.payloads).toEqual(['x'])
    client.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['a'] })
    client.subscribe('a', { rh: 1 })
    expect(client.payloads).toEqual(['x', 'x'])
  })

  test('[BR18] Retain Handling 1 knows the subscription of a resumed session', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    const properties = { sessionExpiryInterval: 60 }
    const client = connected(broker, 'one', { properties })
    client.subscribe('a', { rh: 1 })
    client.drop()
    const again = connected(broker, 'one', { clean: false, properties })
    again.subscribe('a', { rh: 1 })
    expect(again.payloads).toEqual([])
  })

  test('[BR18] Retain Handling 2 sends none', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    const client = connected(broker, 'one')
    client.subscribe('a', { rh: 2 })
    publisher.publish('a', 'live', { retain })
    expect(client.payloads).toEqual(['live'])
  })

  test('[BR18] Retain as Published keeps the flag of live messages', () => {
    const { broker, publisher } = start()
    const client = connected(broker, 'one')
    client.subscribe('a', { rap: true })
    publisher.publish('a', 'x', { retain })
    publisher.publish('a', 'y')
    expect(client.messages.map((message) => message.retain)).toEqual([true, false])
  })

  test('[BR18] No Local holds for retained messages as well', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'mine', { retain })
    publisher.subscribe('a', { nl: true })
    expect(publisher.messages).toEqual([])
    const other = connected(broker, 'other')
    other.subscribe('a', { nl: true })
    expect(other.payloads).toEqual(['mine'])
  })

  test('[BR18] the subscription identifier is with them', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    const client = connected(broker, 'one')
    client.subscribe('a', { identifier: 7 })
    expect(client.messages).toMatchObject([{ properties: { subscriptionIdentifier: 7 } }])
  })

  test('[BR19] a shared subscription gets none', () => {
    const { broker, publisher } = start()
    publisher.publish('a', 'x', { retain })
    const client = connected(broker, 'one')
    client.subscribe('$share/group/a')
    expect(client.messages).toEqual([])
  })

  test('[BR22] an expired one is gone; until then its interval grows shorter', () => {
    const { broker, clock, publisher } = start()
    publisher.publish('a', 'x', { retain, properties: { messageExpiryInterval: 10 } })
    clock.advance(4000)
    const client = connected(broker, 'one')
    client.subscribe('a')
    expect(client.messages).toMatchObject([{ properties: { messageExpiryInterval: 6 } }])
    clock.advance(6001)
    client.forget()
    client.subscribe('a')
    expect(client.messages).toEqual([])
  })
})
