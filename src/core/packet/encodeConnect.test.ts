import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { parser, type IConnectPacket, type Packet } from 'mqtt-packet'
import { expect, test } from 'vitest'
import type { ConnectionId } from '../id.ts'
import type { UserProperty } from '../message.ts'
import { MQTT_VERSIONS, newProfile, type Profile } from '../profile.ts'
import { dissect } from './dissect.ts'
import { encodeConnect } from './encodeConnect.ts'
import { qos, some, text, topic } from './testing/anyValue.ts'

const LEVELS = { '3.1': 3, '3.1.1': 4, '5.0': 5 } as const

const twoBytes = fc.nat(65_535)
const fourBytes = fc.nat(0xffff_ffff)
/** Few names, so that they come back with others in between. */
const userProperties = fc.array(fc.record({ name: fc.constantFrom('a', 'b', ''), value: text }), {
  maxLength: 5,
})

const properties: fc.Arbitrary<Profile['properties']> = fc
  .tuple(
    some({
      sessionExpiryInterval: fourBytes,
      receiveMaximum: twoBytes,
      maximumPacketSize: fourBytes,
      topicAliasMaximum: twoBytes,
      requestResponseInformation: fc.boolean(),
      requestProblemInformation: fc.boolean(),
      authenticationMethod: text,
    }),
    userProperties,
  )
  .map(([rest, pairs]) => ({ ...rest, userProperties: pairs }))

const willProperties: fc.Arbitrary<Profile['will']['properties']> = fc
  .tuple(
    some({
      willDelayInterval: fourBytes,
      payloadFormatIndicator: fc.boolean(),
      messageExpiryInterval: fourBytes,
      contentType: text,
      responseTopic: text,
      correlationData: text,
    }),
    userProperties,
  )
  .map(([rest, pairs]) => ({ ...rest, userProperties: pairs }))

const will = fc.record({
  topic: fc.oneof(fc.constant(''), topic),
  payload: text,
  qos,
  retain: fc.boolean(),
  properties: willProperties,
})

const BLANK = newProfile(
  '0' as ConnectionId,
  'someone',
  { scheme: 'ws', host: 'localhost', port: 80, path: '' },
  0,
)

const profile: fc.Arbitrary<Profile> = fc
  .record({
    clientId: text,
    version: fc.constantFrom(...MQTT_VERSIONS),
    username: text,
    password: text,
    cleanSession: fc.boolean(),
    keepAlive: twoBytes,
    properties,
    will,
  })
  .map((change) => ({ ...BLANK, ...change }))

function read(bytes: Uint8Array): IConnectPacket {
  const found: Packet[] = []
  const reader = parser()
  reader.on('packet', (packet) => found.push(packet))
  reader.parse(Buffer.from(bytes))
  expect(found).toHaveLength(1)
  return found[0] as IConnectPacket
}

/** The user properties in the order in which they lie in the packet. */
function pairsOf(bytes: Uint8Array, from: 'properties' | 'will properties'): UserProperty[] {
  const { fields } = dissect(bytes, bytes.length, '5.0')
  return fields.flatMap(({ section, value }) =>
    section === from && value.kind === 'pair' ? [{ name: value.name, value: value.text }] : [],
  )
}

/** Without what mqtt-packet groups by name, and with texts for bytes. */
function plain(values: object = {}): object {
  const members = Object.entries(values).filter(([name]) => name !== 'userProperties')
  return Object.fromEntries(
    members.map(([name, value]) => [name, Buffer.isBuffer(value) ? value.toString() : value]),
  )
}

test('[WR23] what is written is what mqtt-packet reads, in all versions', () => {
  fc.assert(
    fc.property(profile, (sent) => {
      const isMqtt5 = sent.version === '5.0'
      const bytes = encodeConnect(sent, { clientId: sent.clientId })
      const packet = read(bytes)
      expect(packet).toMatchObject({
        protocolVersion: LEVELS[sent.version],
        clientId: sent.clientId,
        clean: sent.cleanSession,
        keepalive: sent.keepAlive,
      })
      expect(packet.username ?? '').toBe(sent.username)
      expect(packet.password?.toString() ?? '').toBe(sent.password)
      expect(packet.will === undefined).toBe(sent.will.topic === '')
      if (packet.will) {
        const { properties: ofWill, ...plainWill } = sent.will
        const { properties: read5, ...readWill } = packet.will
        expect(plain(readWill)).toEqual(plainWill)
        expect(plain(read5)).toEqual(isMqtt5 ? plain(ofWill) : {})
      }
      expect(plain(packet.properties)).toEqual(isMqtt5 ? plain(sent.properties) : {})
    }),
  )
})

test('[WR23] user properties keep their order, those of the will too, where names come back', () => {
  fc.assert(
    fc.property(profile, (any) => {
      const sent: Profile = { ...any, version: '5.0', will: { ...any.will, topic: 'gone' } }
      const bytes = encodeConnect(sent, { clientId: 'someone' })
      expect(pairsOf(bytes, 'properties')).toEqual(sent.properties.userProperties)
      expect(pairsOf(bytes, 'will properties')).toEqual(sent.will.properties.userProperties)
    }),
  )
})

test('[WR23] [AU4] an exchange takes the place of the password', () => {
  const authenticationData = Uint8Array.of(1, 2)
  const bytes = encodeConnect(
    { ...BLANK, username: 'ada', password: 'secret' },
    { clientId: 'someone', authenticationData },
  )
  const packet = read(bytes)
  expect(packet.username).toBe('ada')
  expect(packet.properties?.authenticationData).toEqual(Buffer.from(authenticationData))
  expect(packet.password).toBeUndefined()
  expect(Buffer.from(bytes).includes('secret')).toBe(false)
})
