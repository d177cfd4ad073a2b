import { expect, test } from 'vitest'
import { NO_LIMITS } from '@/core/session.ts'
import { brokerFacts } from './brokerFacts.ts'

const asked = { version: '5.0', keepAlive: 30, sessionExpiryInterval: 60 } as const

function read(limits: Partial<typeof NO_LIMITS>, part: object = {}): Record<string, string> {
  const facts = brokerFacts({ ...NO_LIMITS, ...limits }, { ...asked, ...part })
  return Object.fromEntries(facts.map(({ name, value }) => [name, value]))
}

test('[BC1] what a broker does not say is shown as the default that holds', () => {
  expect(read({})).toMatchObject({
    'Maximum QoS': '2',
    'Retain Available': 'yes',
    'Maximum Packet Size': 'no limit',
    'Receive Maximum': '65,535',
    'Topic Alias Maximum': 'none',
    'Keep Alive': '30 s',
    'Session Expiry Interval': '60 s',
  })
})

test('[BC1] what it says is shown, and marked where it takes something away', () => {
  const limits = {
    ...NO_LIMITS,
    maximumQoS: 1 as const,
    retainAvailable: false,
    serverKeepAlive: 20,
    sessionExpiryInterval: 0xffff_ffff,
    assignedClientId: 'auto-1',
    responseInformation: 'answers/',
    userProperties: [
      { name: 'region', value: 'eu' },
      { name: 'region', value: 'us' },
    ],
  }
  const facts = brokerFacts(limits, asked)
  const marked = facts
    .filter(({ isLimit }) => isLimit)
    .map(({ name, value }) => `${name}: ${value}`)
  expect(marked).toEqual([
    'Maximum QoS: 1',
    'Retain Available: no',
    'Topic Alias Maximum: none',
    'Keep Alive: 20 s',
    'Session Expiry Interval: for ever',
  ])
  expect(facts.slice(-4).map(({ name, value }) => `${name}: ${value}`)).toEqual([
    'Assigned Client Identifier: auto-1',
    'Response Information: answers/',
    'region: eu',
    'region: us',
  ])
})

test('[BC2] before MQTT 5 a broker says nothing of itself', () => {
  expect(brokerFacts(NO_LIMITS, { ...asked, version: '3.1.1' })).toEqual([])
})
