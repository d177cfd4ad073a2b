import { describe, expect, test } from 'vitest'
import { REASON } from './reason.ts'
import { connected, RawClient } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

describe('scripted faults', () => {
  test('[BR25] a CONNACK that never comes', () => {
    const { broker, clock } = testBroker()
    broker.faults.add({ connack: 'never' })
    const client = new RawClient(broker)
    expect(() => client.connect('one')).toThrow()
    client.send({ cmd: 'pingreq' })
    clock.advance(1_000_000)
    expect(client.received).toEqual([])
    expect(client.isClosed).toBe(false)
  })

  test('[BR25] an end in place of the CONNACK', () => {
    const { broker } = testBroker()
    broker.faults.add({ connack: 'close' })
    const client = new RawClient(broker)
    expect(() => client.connect('one')).toThrow()
    expect(client.isClosed).toBe(true)
  })

  test.each([
    [5, 0x97, 0x97],
    [4, 0x87, 5],
    [4, 4, 4],
    [4, 0x97, 3],
  ] as const)('[BR25] at level %i a refusal with 0x%x, sent as %i', (level, reasonCode, sent) => {
    const { broker } = testBroker()
    broker.faults.add({ connack: { reasonCode, reasonString: 'As the test says' } })
    const client = new RawClient(broker, level)
    const connack = client.connect('one')
    expect(level === 5 ? connack.reasonCode : connack.returnCode).toBe(sent)
    if (level === 5) expect(connack.properties?.reasonString).toBe('As the test says')
    expect(client.isClosed).toBe(true)
  })

  test('[BR25] a filter that is denied', () => {
    const { broker } = testBroker()
    broker.faults.add({ suback: { filter: 'a', reasonCode: REASON.notAuthorized } })
    broker.faults.add({ suback: { filter: 'b', reasonCode: 0x97 } })
    const client = connected(broker, 'one')
    expect(['a', 'b', 'c'].map((filter) => client.subscribe(filter))).toEqual([
      [REASON.notAuthorized],
      [0x97],
      [2],
    ])
    expect(connected(broker, 'old', { level: 4 }).subscribe('a')).toEqual([0x80])
  })

  test('[BR25] a filter that is kept against the client’s will', () => {
    const { broker } = testBroker()
    broker.faults.add({ unsuback: { filter: 'a', reasonCode: REASON.notAuthorized } })
    const client = connected(broker, 'one')
    client.subscribe('a')
    client.subscribe('b')
    client.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['a', 'b'] })
    expect(client.last).toMatchObject({ cmd: 'unsuback', granted: [REASON.notAuthorized, 0] })
    client.forget()
    client.publish('b', 'to nobody')
    client.publish('a', 'to us')
    expect(client.messages.map(({ topic }) => topic)).toEqual(['a'])
  })

  test('[BR25] a message that is refused, and that nobody gets', () => {
    const { broker } = testBroker()
    broker.faults.add({ puback: { topic: 'a', reasonCode: 0x97 } })
    const client = connected(broker, 'one')
    client.subscribe('#')
    for (const qos of [0, 1, 2] as const) client.publish('a', 'x', { qos, messageId: qos })
    expect(client.messages).toEqual([])
    expect(client.received.slice(2)).toMatchObject([
      { cmd: 'puback', reasonCode: 0x97 },
      { cmd: 'pubrec', reasonCode: 0x97 },
    ])
  })

  test('[BR25] acknowledgements that are late, or never come', () => {
    const { broker, clock } = testBroker()
    const behave = broker.faults.add({ publishAcks: 500, subscribeAcks: 200 })
    const client = connected(broker, 'one')
    client.subscribe('a')
    client.publish('a', 'x', { qos: 1, messageId: 1 })
    expect(client.received.map(({ cmd }) => cmd)).toEqual(['connack', 'publish'])
    clock.advance(200)
    expect(client.last).toMatchObject({ cmd: 'suback' })
    clock.advance(299)
    expect(client.last).toMatchObject({ cmd: 'suback' })
    clock.advance(1)
    expect(client.last).toMatchObject({ cmd: 'puback' })
    behave()
    broker.faults.add({ publishAcks: 'never', subscribeAcks: 'never', pingresp: 'never' })
    client.forget()
    client.publish('b', 'x', { qos: 2, messageId: 2 })
    client.send({ cmd: 'unsubscribe', messageId: 3, unsubscriptions: ['a'] }, { cmd: 'pingreq' })
    clock.advance(1_000_000)
    expect(client.received).toEqual([])
  })

  test('[BR25] late answers are forgotten when the connection ends', () => {
    const { broker, clock } = testBroker()
    broker.faults.add({ publishAcks: 500 })
    const client = connected(broker, 'one')
    client.publish('a', 'x', { qos: 1, messageId: 1 })
    client.drop()
    expect(clock.pending).toBe(0)
  })

  test('[BR25] concern one client where they name it, and the first one counts', () => {
    const { broker } = testBroker()
    broker.faults.add({ clientId: 'one', connack: { reasonCode: REASON.banned } })
    broker.faults.add({ connack: { reasonCode: REASON.serverBusy } })
    const codes = ['one', 'two'].map((id) => new RawClient(broker).connect(id).reasonCode)
    expect(codes).toEqual([REASON.banned, REASON.serverBusy])
    broker.faults.clear()
    expect(new RawClient(broker).connect('one').reasonCode).toBe(0)
  })
})
