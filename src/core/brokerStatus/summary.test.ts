import { describe, expect, test } from 'vitest'
import { readUptime } from './readUptime.ts'
import { readNumber, summarize } from './summary.ts'

/** What mosquitto 2.0.11 publishes, in part. */
const MOSQUITTO = {
  '$SYS/broker/version': 'mosquitto version 2.0.11',
  '$SYS/broker/uptime': '93784 seconds',
  '$SYS/broker/clients/total': '14',
  '$SYS/broker/clients/maximum': '40',
  '$SYS/broker/clients/active': '12',
  '$SYS/broker/clients/connected': '12',
  '$SYS/broker/load/messages/received/1min': '1.95',
  '$SYS/broker/messages/received': '250',
  '$SYS/broker/messages/sent': '1088',
  '$SYS/broker/store/messages/count': '53',
  '$SYS/broker/store/messages/bytes': '190',
  '$SYS/broker/subscriptions/count': '7',
  '$SYS/broker/shared_subscriptions/count': '0',
  '$SYS/broker/retained messages/count': '51',
  '$SYS/broker/heap/current': '45896',
  '$SYS/broker/heap/maximum': '47184',
  '$SYS/broker/publish/messages/dropped': '0',
  '$SYS/broker/publish/messages/received': '100',
  '$SYS/broker/publish/messages/sent': '987',
  '$SYS/broker/bytes/received': '4400',
  '$SYS/broker/bytes/sent': '40460',
}

/** What one node of EMQX 5 publishes, in part. */
function emqxNode(name: string, factor: number, uptime: string): Record<string, string> {
  const prefix = `$SYS/brokers/${name}`
  return {
    [`${prefix}/version`]: '5.8.0',
    [`${prefix}/sysdescr`]: 'EMQX',
    [`${prefix}/uptime`]: uptime,
    [`${prefix}/stats/connections/count`]: String(20 * factor),
    [`${prefix}/stats/live_connections/count`]: String(12 * factor),
    [`${prefix}/stats/subscriptions/count`]: String(30 * factor),
    [`${prefix}/stats/topics/count`]: '55',
    [`${prefix}/stats/retained/count`]: '3',
    [`${prefix}/metrics/messages/received`]: String(1000 * factor),
    [`${prefix}/metrics/messages/dropped`]: String(2 * factor),
    [`${prefix}/clients/sensor/connected`]: '{"clientid":"sensor"}',
  }
}

const summaryOf = (texts: Record<string, string>) => summarize(new Map(Object.entries(texts)))

describe('a summary', () => {
  test('[BS8] of mosquitto has its version, uptime and numbers', () => {
    expect(summaryOf(MOSQUITTO)).toMatchObject({
      version: 'mosquitto 2.0.11',
      uptime: 93_784,
      measures: {
        clientsConnected: 12,
        clientsTotal: 14,
        clientsMaximum: 40,
        subscriptions: 7,
        sharedSubscriptions: 0,
        retained: 51,
        stored: 53,
        storedBytes: 190,
        dropped: 0,
        heap: 45_896,
        heapMaximum: 47_184,
        messagesIn: 100,
        messagesOut: 987,
        bytesIn: 4_400,
        bytesOut: 40_460,
      },
    })
  })

  test('[BS8] falls back on the older name of a topic', () => {
    const old = {
      '$SYS/broker/clients/active': '3',
      '$SYS/broker/heap/current size': '5000',
      '$SYS/broker/messages/received': '17',
    }
    expect(summaryOf(old)?.measures).toEqual({ clientsConnected: 3, heap: 5000, messagesIn: 17 })
  })

  test('[BS8] of one EMQX node is that of the node', () => {
    const summary = summaryOf({
      '$SYS/brokers': 'emqx@127.0.0.1',
      ...emqxNode('emqx@127.0.0.1', 1, '61000'),
    })
    expect(summary).toMatchObject({ version: 'EMQX 5.8.0', uptime: 61 })
    expect(summary?.nodes).toHaveLength(1)
    expect(summary?.measures).toEqual({
      clientsConnected: 12,
      clientsTotal: 20,
      subscriptions: 30,
      topics: 55,
      retained: 3,
      messagesIn: 1000,
      dropped: 2,
    })
  })

  test('[BS8] of a cluster adds its nodes up, but for what each says of all', () => {
    const summary = summaryOf({
      '$SYS/brokers': 'emqx@b,emqx@a',
      ...emqxNode('emqx@a', 1, '61000'),
      ...emqxNode('emqx@b', 2, '7200000'),
      // It has left, and its last values are still there.
      ...emqxNode('emqx@gone', 5, '1'),
    })
    expect(summary?.nodes.map(({ name }) => name)).toEqual(['emqx@a', 'emqx@b'])
    expect(summary?.nodes[1]?.measures.clientsConnected).toBe(24)
    expect(summary?.version).toBe('EMQX 5.8.0')
    expect(summary?.uptime).toBe(7_200)
    expect(summary?.measures).toMatchObject({
      clientsConnected: 36,
      subscriptions: 90,
      topics: 55,
      retained: 3,
      messagesIn: 3000,
      dropped: 6,
    })
  })

  test('[BS8] of a cluster that is being renewed has both versions', () => {
    const texts = { ...emqxNode('a', 1, '1'), ...emqxNode('b', 1, '1') }
    texts['$SYS/brokers/b/version'] = '5.9.0'
    texts['$SYS/brokers/b/sysdescr'] = 'EMQX Enterprise'
    expect(summaryOf(texts)?.version).toBe('EMQX 5.8.0, EMQX Enterprise 5.9.0')
  })

  test('[BS10] of a broker in another layout is none', () => {
    expect(summaryOf({ '$SYS/VerneMQ@host/mqtt/publish/received': '4' })).toBeUndefined()
    expect(summaryOf({})).toBeUndefined()
  })

  test('[BS8] has no number where there is something else', () => {
    const odd = { '$SYS/broker/clients/connected': 'many', '$SYS/broker/bytes/sent': '' }
    expect(summaryOf(odd)?.measures).toEqual({})
    for (const text of ['', ' 1', '1e5', '-1', 'NaN', '0x10', '1.', undefined]) {
      expect(readNumber(text), text).toBeUndefined()
    }
    expect(readNumber('57.55')).toBe(57.55)
  })
})

test.each([
  ['0 seconds', 0],
  ['93784 seconds', 93_784],
  ['61000', 61],
  ['2 days, 3 hours, 4 minutes, 5 seconds', 183_845],
  ['1 hours, 1 seconds', 3_601],
  ['for ever', undefined],
  ['', undefined],
])('[BS8] an uptime of “%s” is %s seconds', (text, seconds) => {
  expect(readUptime(text)).toBe(seconds)
})
