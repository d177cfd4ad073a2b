import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { serveBroker, type Served } from './testing/servers.ts'
import { connected, message, profileFor, request, until } from './testing/wireProbe.ts'

let served: Served
beforeAll(async () => {
  served = await serveBroker()
})
afterAll(() => served.stop())

describe.each(['3.1', '3.1.1', '5.0'] as const)('MQTT %s and the embedded broker', (version) => {
  test('a message goes around at each QoS', async () => {
    const probe = await connected(profileFor(served.port, { version }))
    expect(await probe.wire.subscribe([{ filter: `t/${version}/#`, request: request(2) }])).toEqual(
      [{ state: 'granted', qos: 2 }],
    )
    for (const qos of [0, 1, 2] as const) {
      const result = probe.wire.publish(message(`t/${version}/${qos}`, 'hello', qos))
      expect('outcome' in result && (await result.outcome)).toEqual(
        qos === 0 ? { state: 'sent' } : { state: 'acknowledged', reasonCode: 0 },
      )
    }
    await probe.untilReceived(3)
    expect(probe.texts).toEqual([0, 1, 2].map((qos) => `t/${version}/${qos} hello`))
    await until(() => probe.released.length === 1)
    probe.wire.close()
    expect(await probe.untilEnded()).toBeUndefined()
  })
})
