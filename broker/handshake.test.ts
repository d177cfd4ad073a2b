import { generate } from 'mqtt-packet'
import { describe, expect, test } from 'vitest'
import type { Login } from './hooks.ts'
import { REASON } from './reason.ts'
import { connected, RawClient } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

/** The bytes of a CONNECT without properties: protocol name, level, flags, and what follows. */
function connectBytes(name: string, level: number, flags = 2, rest = [0, 0, 0, 1, 97]): number[] {
  const body = [0, name.length, ...Buffer.from(name), level, flags, ...rest]
  return [0x10, body.length, ...body]
}

describe('the first packet', () => {
  test.each([3, 4, 5] as const)('[BR1] lets a client of protocol level %i in', (level) => {
    const client = new RawClient(testBroker().broker, level)
    const connack = client.connect('one')
    expect(level === 5 ? connack.reasonCode : connack.returnCode).toBe(0)
    expect(connack.sessionPresent).toBe(false)
    expect(client.isClosed).toBe(false)
  })

  test.each([
    ['the name MQTT with level 3', connectBytes('MQTT', 3)],
    ['the name MQIsdp with level 4', connectBytes('MQIsdp', 4)],
    ['a level of the future', connectBytes('MQTT', 6)],
    ['a bridge', connectBytes('MQTT', 0x84)],
    ['another name', connectBytes('mqtt', 4)],
    ['an empty name', connectBytes('', 4)],
  ])('[BR1] refuses %s with "unacceptable protocol version"', (_, bytes) => {
    const client = new RawClient(testBroker().broker, 4)
    client.bytes(...bytes)
    expect(client.received).toMatchObject([{ cmd: 'connack', returnCode: 1 }])
    expect(client.isClosed).toBe(true)
  })

  test.each([
    ['a reserved flag', connectBytes('MQTT', 4, 3)],
    ['a will QoS without a will', connectBytes('MQTT', 4, 0x0a)],
    ['a will retain without a will', connectBytes('MQTT', 4, 0x22)],
    ['a client id that is longer than the packet', connectBytes('MQTT', 4, 2, [0, 0, 0, 9, 97])],
    ['no client id', connectBytes('MQTT', 4, 2, [0, 0])],
  ])('[BR2] closes without a word for %s', (_, bytes) => {
    const client = new RawClient(testBroker().broker, 4)
    client.bytes(...bytes)
    expect(client.received).toEqual([])
    expect(client.isClosed).toBe(true)
  })

  test.each([
    ['a Receive Maximum of 0', [0x21, 0, 0], REASON.protocolError],
    ['a Maximum Packet Size of 0', [0x27, 0, 0, 0, 0], REASON.protocolError],
    ['a property twice', [0x21, 0, 1, 0x21, 0, 1], REASON.protocolError],
    ['a property of another packet', [0x23, 0, 1], REASON.protocolError],
    ['an unknown property', [0x7f, 0], REASON.malformedPacket],
  ])('[BR2] refuses MQTT 5 with %s and says so', (_, properties, reasonCode) => {
    const client = new RawClient(testBroker().broker, 5)
    const rest = [0, 0, properties.length, ...properties, 0, 1, 97]
    client.bytes(...connectBytes('MQTT', 5, 2, rest))
    expect(client.received).toMatchObject([{ cmd: 'connack', reasonCode }])
    expect(client.isClosed).toBe(true)
  })

  test('[BR5] is a CONNECT', () => {
    const client = new RawClient(testBroker().broker, 4)
    client.send({ cmd: 'pingreq' })
    expect(client.received).toEqual([])
    expect(client.isClosed).toBe(true)
  })

  test('[BR5] comes within ten seconds', () => {
    const { broker, clock } = testBroker()
    const client = new RawClient(broker)
    const begun = new RawClient(broker)
    begun.bytes(0x10, 20, 0)
    clock.advance(9999)
    expect(client.isClosed).toBe(false)
    clock.advance(1)
    expect(client.isClosed).toBe(true)
    expect(begun.isClosed).toBe(true)
    expect(clock.pending).toBe(0)
  })

  test('[BR5] comes once: a second CONNECT ends the connection', () => {
    const { broker } = testBroker()
    const client = connected(broker, 'one')
    client.send({ cmd: 'connect', clientId: 'one', protocolVersion: 5, clean: true, keepalive: 0 })
    expect(client.last).toMatchObject({ cmd: 'disconnect', reasonCode: REASON.protocolError })
    expect(client.isClosed).toBe(true)
  })

  test('[BR5] may come in any pieces, together with what follows', () => {
    const { broker } = testBroker()
    const client = new RawClient(broker, 4)
    const bytes = [...connectBytes('MQTT', 4), 0xc0, 0, 0xc0, 0]
    for (const byte of bytes) client.bytes(byte)
    expect(client.received.map(({ cmd }) => cmd)).toEqual(['connack', 'pingresp', 'pingresp'])
    const quick = new RawClient(broker, 4)
    quick.bytes(...bytes)
    expect(quick.received).toEqual(client.received)
  })
})

describe('client ids', () => {
  test('[BR4] MQTT 5 clients without one are given one, each its own', () => {
    const { broker } = testBroker()
    const ids = [1, 2].map(
      () => new RawClient(broker).connect('').properties?.assignedClientIdentifier,
    )
    expect(ids[0]).toMatch(/^auto-\w+$/)
    expect(ids[1]).not.toBe(ids[0])
    expect(broker.clients().map(({ clientId }) => clientId)).toEqual(ids)
  })

  test('[BR4] a client with one is not given another', () => {
    const connack = new RawClient(testBroker().broker).connect('mine')
    expect(connack.properties).not.toHaveProperty('assignedClientIdentifier')
  })

  test.each([
    ['3.1', connectBytes('MQIsdp', 3, 2, [0, 0, 0, 0]), 2],
    ['3.1.1 with a clean session', connectBytes('MQTT', 4, 2, [0, 0, 0, 0]), 0],
    ['3.1.1 with a session that stays', connectBytes('MQTT', 4, 0, [0, 0, 0, 0]), 2],
  ])('[BR4] without an id, a client of MQTT %s is answered %i', (_, bytes, returnCode) => {
    const client = new RawClient(testBroker().broker, 4)
    client.bytes(...bytes)
    expect(client.received).toMatchObject([{ cmd: 'connack', returnCode }])
    expect(client.isClosed).toBe(returnCode !== 0)
  })

  test('[BR4] one with U+0000 is refused', () => {
    const client = new RawClient(testBroker().broker)
    expect(client.connect('a\0b').reasonCode).toBe(REASON.clientIdentifierNotValid)
  })

  test('[BR4] may be as long as MQTT can write', () => {
    const { broker } = testBroker()
    connected(broker, 'ü'.repeat(32_767))
    expect(broker.clients()[0]?.clientId).toHaveLength(32_767)
  })
})

describe('logging in', () => {
  test.each([
    [5, REASON.badUserNameOrPassword, REASON.badUserNameOrPassword],
    [5, REASON.notAuthorized, REASON.notAuthorized],
    [4, REASON.badUserNameOrPassword, 4],
    [4, REASON.notAuthorized, 5],
    [4, REASON.serverBusy, 3],
    [3, REASON.notAuthorized, 5],
  ] as const)(
    '[BR6] at level %i the reason 0x%x of the hook is sent as %i',
    (level, reason, code) => {
      const client = new RawClient(testBroker({ authenticate: () => reason }).broker, level)
      const { reasonCode, returnCode } = client.connect('one')
      expect(level === 5 ? reasonCode : returnCode).toBe(code)
      expect(client.isClosed).toBe(true)
    },
  )

  test('[BR6] the hook sees who it is, and the password as bytes', () => {
    const logins: Login[] = []
    const authenticate = (login: Login) => logins.push(login) - 1
    const password = Buffer.from([0, 255])
    connected(testBroker({ authenticate }).broker, 'one', { level: 4, username: 'me', password })
    expect(logins).toEqual([{ clientId: 'one', username: 'me', password, level: 4 }])
  })

  test('[BR6] who is refused disturbs nobody who has the same id', () => {
    const authenticate = ({ username }: Login) => (username === 'me' ? 0 : REASON.notAuthorized)
    const { broker } = testBroker({ authenticate })
    const client = connected(broker, 'one', { username: 'me' })
    connected(broker, 'one', { username: 'you' })
    expect(client.isClosed).toBe(false)
  })

  test('[BR31] an authentication exchange is refused where no hook has one', () => {
    const client = new RawClient(testBroker().broker)
    const properties = { authenticationMethod: 'SCRAM-SHA-1' }
    expect(client.connect('one', { properties }).reasonCode).toBe(REASON.badAuthenticationMethod)
  })

  test('[BR6] a hook that throws costs its client the connection, and is reported', () => {
    const errors: unknown[] = []
    const { broker } = testBroker({
      onError: (error) => errors.push(error),
      mayPublish: () => {
        throw new Error('The hook is broken')
      },
    })
    const other = connected(broker, 'other')
    const client = connected(broker, 'one')
    client.publish('a', 'x')
    expect(client.last).toMatchObject({ reasonCode: REASON.implementationSpecific })
    expect(client.isClosed).toBe(true)
    expect(errors).toMatchObject([{ message: 'The hook is broken' }])
    expect(other.isClosed).toBe(false)
  })
})

describe('what the CONNACK announces', () => {
  test('[BR26] the limits, as far as they differ from what MQTT takes for granted', () => {
    const { properties } = new RawClient(testBroker().broker).connect('one')
    expect(properties).toEqual({
      receiveMaximum: 1000,
      maximumPacketSize: 1024 * 1024,
      topicAliasMaximum: 100,
    })
  })

  test('[BR26] a lower QoS, no retain and another keep alive where the broker wants that', () => {
    const limits = { maximumQoS: 1, retainAvailable: false, serverKeepAlive: 7 } as const
    const { properties } = new RawClient(testBroker(limits).broker).connect('one')
    expect(properties).toMatchObject(limits)
  })

  test.each([
    ['maximumQoS', { qos: 1 } as const, REASON.qosNotSupported],
    ['retainAvailable', { retain: true } as const, REASON.retainNotSupported],
  ])('[BR26] and holds clients to %s', (limit, message, reasonCode) => {
    const { broker } = testBroker({ maximumQoS: 0, retainAvailable: limit !== 'retainAvailable' })
    const client = connected(broker, 'one')
    client.publish('a', 'x', { messageId: 1, ...message })
    expect(client.last).toMatchObject({ cmd: 'disconnect', reasonCode })
    const will = { topic: 'a', payload: 'x', ...message }
    expect(new RawClient(broker).connect('two', { will }).reasonCode).toBe(reasonCode)
  })

  test('[BR26] a SUBSCRIBE is granted no more than the highest QoS', () => {
    const { broker } = testBroker({ maximumQoS: 1 })
    expect(connected(broker, 'one').subscribe('a', { qos: 2 })).toEqual([1])
  })

  test('[BR26] a refusal reaches even a client of tiny packets, without the words', () => {
    const { broker } = testBroker({ authenticate: () => REASON.notAuthorized })
    const client = new RawClient(broker)
    const properties = { maximumPacketSize: 8 }
    expect(client.connect('one', { properties })).toMatchObject({
      reasonCode: REASON.notAuthorized,
    })
    expect(client.received[0]).not.toHaveProperty('properties')
  })

  test('[BR26] a client that cannot take the CONNACK loses its connection', () => {
    const { broker } = testBroker()
    const client = new RawClient(broker)
    expect(() => client.connect('one', { properties: { maximumPacketSize: 8 } })).toThrow()
    expect(client.isClosed).toBe(true)
    expect(broker.clients()).toEqual([])
  })
})

test('[BR1] a CONNECT of MQTT 5 is answered in MQTT 5, byte by byte', () => {
  const client = new RawClient(testBroker().broker)
  client.connect('one')
  const expected = generate(
    {
      cmd: 'connack',
      sessionPresent: false,
      reasonCode: 0,
      properties: { receiveMaximum: 1000, maximumPacketSize: 1048576, topicAliasMaximum: 100 },
    },
    { protocolVersion: 5 },
  )
  expect([...(client.writes[0] ?? [])]).toEqual([...expected])
})
