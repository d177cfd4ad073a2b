import { describe, expect, test } from 'vitest'
import type { AuthenticationStep, Hooks, Login } from './hooks.ts'
import { REASON } from './reason.ts'
import { RawClient } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

const METHOD = 'COUNTING'

/** Lets in who counts to three, and refuses who says anything else. */
const counting: Hooks['exchange'] = (method) => {
  if (method !== METHOD) return undefined
  let expected = 1
  return (data): AuthenticationStep => {
    if (String.fromCharCode(...data) !== String(expected)) {
      return { state: 'refused', reasonCode: REASON.notAuthorized }
    }
    expected += 1
    if (expected > 3) return { state: 'accepted', data: Uint8Array.of(33) }
    return { state: 'continue', data: Uint8Array.of(63) }
  }
}

function begin(options: Parameters<typeof testBroker>[0] = {}) {
  const { broker, clock } = testBroker({ exchange: counting, ...options })
  const client = new RawClient(broker)
  client.send({
    cmd: 'connect',
    clientId: 'one',
    protocolId: 'MQTT',
    protocolVersion: 5,
    clean: true,
    keepalive: 0,
    properties: { authenticationMethod: METHOD, authenticationData: Buffer.from('1') },
  })
  return { broker, clock, client }
}

function say(client: RawClient, word: string, method = METHOD, reasonCode = 0x18): void {
  const properties = { authenticationMethod: method, authenticationData: Buffer.from(word) }
  client.send({ cmd: 'auth', reasonCode, properties })
}

describe('an exchange', () => {
  test('[BR31] goes on message by message and ends with the CONNACK', () => {
    const { client, broker } = begin()
    expect(client.received).toMatchObject([
      {
        cmd: 'auth',
        reasonCode: 0x18,
        properties: { authenticationMethod: METHOD, authenticationData: Buffer.from('?') },
      },
    ])
    expect(broker.clients()).toEqual([])
    say(client, '2')
    say(client, '3')
    expect(client.received.map(({ cmd }) => cmd)).toEqual(['auth', 'auth', 'connack'])
    expect(client.last).toMatchObject({
      reasonCode: 0,
      properties: { authenticationMethod: METHOD, authenticationData: Buffer.from('!') },
    })
    expect(client.subscribe('a')).toEqual([2])
  })

  test('[BR31] is not asked about by the hook for logins', () => {
    const logins: Login[] = []
    const { client } = begin({ authenticate: (login) => logins.push(login) })
    say(client, '2')
    say(client, '3')
    expect(client.last).toMatchObject({ cmd: 'connack', reasonCode: 0 })
    expect(logins).toEqual([])
  })

  test('[BR31] that comes to no good end is a refusal', () => {
    const { client } = begin()
    say(client, '4')
    expect(client.last).toMatchObject({ cmd: 'connack', reasonCode: REASON.notAuthorized })
    expect(client.isClosed).toBe(true)
  })

  test.each([
    ['a PINGREQ', (client: RawClient) => client.send({ cmd: 'pingreq' })],
    ['a publication', (client: RawClient) => client.publish('a', 'x')],
    ['another method', (client: RawClient) => say(client, '2', 'OTHER')],
    ['an AUTH that says success', (client: RawClient) => say(client, '2', METHOD, 0)],
    ['an AUTH of nothing', (client: RawClient) => client.bytes(0xf0, 0)],
  ])('[BR31] is ended by %s', (_, disturb) => {
    const { client, broker } = begin()
    disturb(client)
    expect(client.isClosed).toBe(true)
    expect(broker.clients()).toEqual([])
  })

  test('[BR31] may be left by the client', () => {
    const { client } = begin()
    client.leave({ reasonCode: 0x87 })
    expect(client.isClosed).toBe(true)
    expect(client.all('connack')).toEqual([])
  })

  test('[BR5] [BR31] ends when the client takes more than ten seconds for its answer', () => {
    const { client, clock } = begin()
    clock.advance(10_000)
    expect(client.isClosed).toBe(true)
  })

  test('[BR31] is over with the CONNACK', () => {
    const { client } = begin()
    say(client, '2')
    say(client, '3')
    say(client, '1')
    expect(client.last).toMatchObject({ cmd: 'disconnect', reasonCode: REASON.protocolError })
    expect(client.isClosed).toBe(true)
  })
})

test('[BR31] no client of MQTT 3.1.1 sends an AUTH', () => {
  const client = new RawClient(testBroker({ exchange: counting }).broker, 4)
  client.connect('one')
  client.bytes(0xf0, 0)
  expect(client.isClosed).toBe(true)
})
