import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { connectionIdFromBytes } from '../id.ts'
import { newProfile, type Profile } from '../profile.ts'
import { DAY, MIB } from '../retention.ts'
import { formIssues } from './formIssues.ts'
import { formOf, profileOf, type ProfileForm } from './profileForm.ts'

const ID = connectionIdFromBytes(new Uint8Array(8))
const BROKER = { scheme: 'ws', host: 'localhost', port: 8083, path: '/mqtt' } as const
const BLANK = formOf(newProfile(ID, 'mqtab_0', BROKER, 7))

function save(change: Partial<ProfileForm>): Profile {
  return profileOf({ ...BLANK, ...change }, { id: ID, createdAt: 7 })
}

const text = fc.string({ maxLength: 20, unit: 'grapheme' }).filter((s) => !s.includes('\0'))
const filled = text.filter((s) => s !== '')
const topic = filled.filter((s) => !/[+#]/.test(s))
const uint32 = fc.integer({ min: 0, max: 4_294_967_295 })
const uint16 = fc.integer({ min: 1, max: 65_535 })
const rows = fc
  .array(fc.record({ name: text, value: text }), { maxLength: 3 })
  .map((all) => all.filter(({ name, value }) => name !== '' || value !== ''))

const properties = fc.record(
  {
    sessionExpiryInterval: uint32,
    receiveMaximum: uint16,
    maximumPacketSize: uint16,
    topicAliasMaximum: uint16,
    requestResponseInformation: fc.constant(true),
    requestProblemInformation: fc.constant(false),
    authenticationMethod: filled,
    userProperties: rows,
  },
  { requiredKeys: ['userProperties'] },
)

const willProperties = fc.record(
  {
    willDelayInterval: uint32,
    payloadFormatIndicator: fc.constant(true),
    messageExpiryInterval: uint32,
    contentType: filled,
    responseTopic: topic,
    correlationData: filled,
    userProperties: rows,
  },
  { requiredKeys: ['userProperties'] },
)

/** Profiles as a form leaves them. */
const anyProfile: fc.Arbitrary<Profile> = fc
  .record({
    id: fc.constant(ID),
    createdAt: fc.nat(),
    name: filled.map((s) => s.trim()).filter((s) => s !== ''),
    scheme: fc.constantFrom('ws', 'wss'),
    host: fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((s) => `[${s}]`),
    ),
    port: uint16,
    path: fc.constantFrom('', '/', '/mqtt', '/ws?token=a%20b'),
    clientId: filled,
    username: filled,
    password: text,
    version: fc.constantFrom('3.1.1', '5.0'),
    connectTimeout: fc.integer({ min: 1, max: 600 }),
    keepAlive: fc.integer({ min: 0, max: 65_535 }),
    cleanSession: fc.boolean(),
    autoReconnect: fc.boolean(),
    reconnectPeriod: fc.integer({ min: 1_000, max: 30_000 }),
    properties,
    will: fc.record({
      topic,
      payload: text,
      qos: fc.constantFrom(0, 1, 2),
      retain: fc.boolean(),
      properties: willProperties,
    }),
    retention: fc.record(
      {
        messages: fc.integer({ min: 20_000, max: 5_000_000 }),
        bytes: fc.integer({ min: 16, max: 16_384 }).map((size) => size * MIB),
        age: fc.integer({ min: 1, max: 3_650 }).map((days) => days * DAY),
      },
      { requiredKeys: ['messages', 'bytes'] },
    ),
  } satisfies { [Field in keyof Profile]: fc.Arbitrary<Profile[Field]> })
  .map((profile) => (profile.version === '5.0' ? profile : without5(profile)))

function without5(profile: Profile): Profile {
  const none = { userProperties: [] }
  return { ...profile, properties: none, will: { ...profile.will, properties: none } }
}

describe('a profile that is edited', () => {
  test('[PF7] comes back unchanged when nothing was changed', () => {
    fc.assert(
      fc.property(anyProfile, (profile) => {
        const form = formOf(profile)
        expect(formIssues(form)).toEqual({})
        expect(profileOf(form, profile)).toEqual(profile)
      }),
    )
  })

  test('[PF8] is named after its host when its name is left empty', () => {
    expect(save({ name: '  ', host: ' broker.emqx.io ' }).name).toBe('broker.emqx.io')
    expect(save({ name: ' Simple Demo ' }).name).toBe('Simple Demo')
  })

  test.each([
    ['', ''],
    [' ', ''],
    ['/mqtt', '/mqtt'],
    ['mqtt', '/mqtt'],
    ['?token=1', '/?token=1'],
  ])('[PF9] has the path “%s” as “%s”', (path, expected) => {
    expect(save({ path }).path).toBe(expected)
  })

  test('[PF10] has the properties of MQTT 5 only on MQTT 5, though the form keeps them', () => {
    const change = {
      sessionExpiryInterval: '60',
      userProperties: [{ name: 'a', value: 'b' }],
      contentType: 'text/plain',
    }
    const old = save({ ...change, version: '3.1.1' })
    expect(old.properties).toEqual({ userProperties: [] })
    expect(old.will.properties).toEqual({ userProperties: [] })
    const current = save({ ...change, version: '5.0' })
    expect(current.properties).toEqual({
      sessionExpiryInterval: 60,
      userProperties: change.userProperties,
    })
    expect(current.will.properties).toEqual({ contentType: 'text/plain', userProperties: [] })
  })

  test('[PF10] tells an empty number, which is not sent, from zero', () => {
    expect(save({ topicAliasMaximum: '' }).properties).toEqual({ userProperties: [] })
    expect(save({ topicAliasMaximum: '0' }).properties.topicAliasMaximum).toBe(0)
  })

  test('[PF10] loses the rows of user properties that were never filled', () => {
    const userProperties = [
      { name: '', value: '' },
      { name: '', value: 'b' },
    ]
    expect(save({ userProperties }).properties.userProperties).toEqual([{ name: '', value: 'b' }])
  })
})
