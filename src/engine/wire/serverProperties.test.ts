import { expect, test } from 'vitest'
import mqttPacket from 'mqtt-packet'
import { readServerProperties } from './serverProperties.ts'

const packet = mqttPacket.generate(
  {
    cmd: 'connack',
    reasonCode: 0,
    sessionPresent: false,
    properties: {
      sessionExpiryInterval: 60,
      receiveMaximum: 20,
      maximumQoS: 1,
      retainAvailable: false,
      maximumPacketSize: 70_000,
      assignedClientIdentifier: 'auto-1',
      topicAliasMaximum: 10,
      reasonString: 'wéll',
      userProperties: { a: 'b' },
      wildcardSubscriptionAvailable: false,
      subscriptionIdentifiersAvailable: true,
      sharedSubscriptionAvailable: false,
      serverKeepAlive: 45,
      responseInformation: 'r',
      authenticationMethod: 'm',
    },
  },
  { protocolVersion: 5 },
)

test('reads what a server says of itself', () => {
  expect(readServerProperties(packet.subarray(4))).toEqual({
    receiveMaximum: 20,
    maximumQoS: 1,
    retainAvailable: 0,
    maximumPacketSize: 70_000,
    assignedClientId: 'auto-1',
    reasonString: 'wéll',
    wildcardAvailable: 0,
    subscriptionIdentifiersAvailable: 1,
    sharedAvailable: 0,
    serverKeepAlive: 45,
    sessionExpiryInterval: 60,
    topicAliasMaximum: 10,
    responseInformation: 'r',
    authenticationMethod: 'm',
    userProperties: [{ name: 'a', value: 'b' }],
  })
})

test('nothing is no properties', () => {
  expect(readServerProperties(new Uint8Array())).toEqual({})
  expect(readServerProperties(Uint8Array.of(0))).toEqual({})
})

test('malformed properties are refused', () => {
  expect(readServerProperties(Uint8Array.of(0x80))).toBeUndefined()
  expect(readServerProperties(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 1))).toBeUndefined()
  expect(readServerProperties(Uint8Array.of(5, 0x24, 1))).toBeUndefined()
  expect(readServerProperties(Uint8Array.of(2, 0x7f, 1))).toBeUndefined()
  expect(readServerProperties(Uint8Array.of(4, 0x1f, 0, 9, 65))).toBeUndefined()
})
