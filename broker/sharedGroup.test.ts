import { describe, expect, test } from 'vitest'
import type { Broker } from './broker.ts'
import { REASON } from './reason.ts'
import { connected } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

function publish(broker: Broker, count: number, qos: 0 | 1 = 0): void {
  for (let number = 0; number < count; number++) {
    broker.publish('a', Buffer.from(String(number)), { qos })
  }
}

describe('a shared subscription', () => {
  test.each([4, 5] as const)(
    '[BR19] gives each message to one member in turn (level %i)',
    (level) => {
      const { broker } = testBroker()
      const members = ['one', 'two', 'three'].map((id) => connected(broker, id, { level }))
      for (const member of members) member.subscribe('$share/group/+')
      publish(broker, 6)
      expect(members.map(({ payloads }) => payloads)).toEqual([
        ['0', '3'],
        ['1', '4'],
        ['2', '5'],
      ])
    },
  )

  test('[BR19] two groups get a message each, and who subscribes for itself another', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    for (const filter of ['$share/one/a', '$share/two/a', 'a']) client.subscribe(filter)
    expect(broker.publish('a', Buffer.from('x'))).toBe(3)
    expect(client.payloads).toEqual(['x', 'x', 'x'])
  })

  test('[BR19] members that are away are spared as long as one is there', () => {
    const { broker } = testBroker()
    const away = connected(broker, 'away', { level: 4, clean: false })
    const there = connected(broker, 'there')
    for (const client of [away, there]) client.subscribe('$share/group/a', { qos: 1 })
    away.drop()
    publish(broker, 3, 1)
    expect(there.payloads).toEqual(['0', '1', '2'])
    there.leave()
    publish(broker, 1, 1)
    expect(connected(broker, 'away', { level: 4, clean: false }).payloads).toEqual(['0'])
  })

  test('[BR19] each member has a QoS and an identifier of its own', () => {
    const { broker } = testBroker()
    const one = connected(broker, 'one')
    const two = connected(broker, 'two')
    one.subscribe('$share/group/a', { qos: 0, identifier: 1 })
    two.subscribe('$share/group/a', { qos: 1, identifier: 2 })
    publish(broker, 2, 1)
    expect([...one.messages, ...two.messages]).toMatchObject([
      { qos: 0, properties: { subscriptionIdentifier: 1 } },
      { qos: 1, properties: { subscriptionIdentifier: 2 } },
    ])
  })

  test('[BR19] who leaves the group gets nothing more', () => {
    const { broker } = testBroker()
    const one = connected(broker, 'one')
    const two = connected(broker, 'two')
    for (const client of [one, two]) client.subscribe('$share/group/a')
    one.send({ cmd: 'unsubscribe', messageId: 2, unsubscriptions: ['$share/group/a'] })
    publish(broker, 2)
    expect([one.messages.length, two.messages.length]).toEqual([0, 2])
  })

  test('[BR19] with No Local is a protocol error', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.subscribe('$share/group/a', { nl: true })
    expect(client.last).toMatchObject({ cmd: 'disconnect', reasonCode: REASON.protocolError })
  })
})

describe('the answer to a SUBSCRIBE', () => {
  test('[BR24] has one code for each filter, in their order; a bad one spoils no other', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    const subscriptions = ['a', 'a/#/b', '$share/g', 'b'].map((topic, index) => ({
      topic,
      qos: index === 3 ? (1 as const) : (0 as const),
    }))
    client.send({ cmd: 'subscribe', messageId: 4, subscriptions })
    expect(client.last).toMatchObject({
      cmd: 'suback',
      messageId: 4,
      granted: [0, REASON.topicFilterInvalid, REASON.topicFilterInvalid, 1],
    })
    expect(broker.clients()).toMatchObject([{ filters: ['a', 'b'] }])
  })

  test('[BR24] has a single code for failures in MQTT 3', () => {
    const client = connected(testBroker().broker, 'one', { level: 4 })
    expect(client.subscribe('a/#/b')).toEqual([0x80])
  })

  test('[BR24] the same filter again replaces the subscription', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.subscribe('a', { qos: 2 })
    client.subscribe('a', { qos: 0 })
    broker.publish('a', Buffer.from('x'), { qos: 2 })
    expect(client.messages.map(({ qos }) => qos)).toEqual([0])
  })
})
