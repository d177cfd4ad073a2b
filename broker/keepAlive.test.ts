import { describe, expect, test } from 'vitest'
import { REASON } from './reason.ts'
import { connected } from './testing/rawClient.ts'
import { testBroker } from './testing/testBroker.ts'

describe('keep alive', () => {
  test('[BR7] a client that is silent for one and a half times as long is disconnected', () => {
    const { broker, clock } = testBroker()
    const client = connected(broker, 'one', { keepalive: 10 })
    clock.advance(14_999)
    expect(client.isClosed).toBe(false)
    clock.advance(1)
    expect(client.last).toMatchObject({ cmd: 'disconnect', reasonCode: REASON.keepAliveTimeout })
    expect(client.isClosed).toBe(true)
  })

  test('[BR7] any packet counts, not only a ping', () => {
    const { broker, clock } = testBroker()
    const client = connected(broker, 'one', { keepalive: 10, level: 4 })
    clock.advance(14_000)
    client.send({ cmd: 'pingreq' })
    expect(client.last).toMatchObject({ cmd: 'pingresp' })
    clock.advance(14_000)
    client.publish('a', 'x')
    clock.advance(14_999)
    expect(client.isClosed).toBe(false)
    clock.advance(1)
    expect(client.isClosed).toBe(true)
  })

  test('[BR7] what the broker sends does not count', () => {
    const { broker, clock } = testBroker()
    const client = connected(broker, 'one', { keepalive: 10 })
    client.subscribe('a')
    clock.advance(14_000)
    broker.publish('a', Buffer.from('x'))
    clock.advance(1000)
    expect(client.isClosed).toBe(true)
  })

  test('[BR7] 0 means for ever', () => {
    const { broker, clock } = testBroker()
    const client = connected(broker, 'one', { keepalive: 0 })
    clock.advance(1000 * 60 * 60 * 24 * 365)
    expect(client.isClosed).toBe(false)
  })

  test('[BR7] the will follows', () => {
    const { broker, clock } = testBroker()
    const witness = connected(broker, 'witness')
    witness.subscribe('gone')
    connected(broker, 'one', { keepalive: 1, will: { topic: 'gone', payload: 'x' } })
    clock.advance(1500)
    expect(witness.payloads).toEqual(['x'])
  })

  test("[BR26] the server's keep alive is the one that counts for MQTT 5, and for it alone", () => {
    const { broker, clock } = testBroker({ serverKeepAlive: 2 })
    const client = connected(broker, 'one', { keepalive: 100 })
    const old = connected(broker, 'old', { keepalive: 100, level: 4 })
    clock.advance(3000)
    expect([client.isClosed, old.isClosed]).toEqual([true, false])
  })

  test('a connection that ended leaves no timer', () => {
    const { broker, clock } = testBroker()
    connected(broker, 'one', { keepalive: 10 }).leave()
    expect(clock.pending).toBe(0)
  })
})
