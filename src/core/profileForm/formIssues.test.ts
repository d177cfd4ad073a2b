import { describe, expect, test } from 'vitest'
import { connectionIdFromBytes } from '../id.ts'
import { newProfile } from '../profile.ts'
import { formIssues, type FieldIssue } from './formIssues.ts'
import { formOf, type FormField, type ProfileForm } from './profileForm.ts'

const ID = connectionIdFromBytes(new Uint8Array(8))
const BROKER = { scheme: 'ws', host: 'localhost', port: 8083, path: '/mqtt' } as const
const BLANK = formOf(newProfile(ID, 'mqtab_0', BROKER, 7))

function issueOf(field: FormField, change: Partial<ProfileForm>): FieldIssue | undefined {
  return formIssues({ ...BLANK, ...change })[field]
}

test('[PF11] a new form has no issue', () => {
  expect(formIssues(BLANK)).toEqual({})
})

test.each([
  ['port', '1', undefined],
  ['port', ' 65535 ', undefined],
  ['port', '', 'number-empty'],
  ['port', '0', 'number-out-of-range'],
  ['port', '65536', 'number-out-of-range'],
  ['port', '-1', 'number-out-of-range'],
  ['port', '80.5', 'number-not-whole'],
  ['port', '1e3', 'number-not-whole'],
  ['port', '0x50', 'number-not-whole'],
  ['port', '８０', 'number-not-whole'],
  ['connectTimeout', '1', undefined],
  ['connectTimeout', '600', undefined],
  ['connectTimeout', '0', 'number-out-of-range'],
  ['connectTimeout', '601', 'number-out-of-range'],
  ['keepAlive', '0', undefined],
  ['keepAlive', '65535', undefined],
  ['keepAlive', '65536', 'number-out-of-range'],
  ['keepAlive', '', 'number-empty'],
  ['reconnectPeriod', '1000', undefined],
  ['reconnectPeriod', '30000', undefined],
  ['reconnectPeriod', '999', 'number-out-of-range'],
  ['reconnectPeriod', '30001', 'number-out-of-range'],
  ['sessionExpiryInterval', '', undefined],
  ['sessionExpiryInterval', '4294967295', undefined],
  ['sessionExpiryInterval', '4294967296', 'number-out-of-range'],
  ['receiveMaximum', '', undefined],
  ['receiveMaximum', '0', 'number-out-of-range'],
  ['receiveMaximum', '65535', undefined],
  ['maximumPacketSize', '0', 'number-out-of-range'],
  ['maximumPacketSize', '4294967295', undefined],
  ['topicAliasMaximum', '0', undefined],
  ['topicAliasMaximum', '65536', 'number-out-of-range'],
  ['willDelayInterval', '0', undefined],
  ['willDelayInterval', '4294967296', 'number-out-of-range'],
  ['messageExpiryInterval', '0', undefined],
  ['messageExpiryInterval', 'soon', 'number-not-whole'],
] as const)('[PF12] the number %s “%s” has the issue %s', (field, text, code) => {
  expect(issueOf(field, { [field]: text })?.code).toBe(code)
})

test('[PF11] the spaces around a host do not matter, and a missing host does', () => {
  expect(issueOf('host', { host: ' localhost ' })).toBeUndefined()
  expect(issueOf('host', { host: ' ' })).toEqual({ code: 'host-empty' })
})

test('[PF9] a path may be empty, lack its slash and have a query, but no fragment', () => {
  for (const path of ['', 'mqtt', '/mqtt', '/mqtt?a=b']) {
    expect(issueOf('path', { path })).toBeUndefined()
  }
  expect(issueOf('path', { path: '/mqtt#a' })).toEqual({ code: 'path-hash' })
})

describe('a client id', () => {
  test.each([
    ['3.1', '', 'client-id-length'],
    ['3.1', 'a', undefined],
    ['3.1', 'é'.repeat(23), undefined],
    ['3.1', 'a'.repeat(24), 'client-id-length'],
    ['3.1.1', 'a'.repeat(24), undefined],
    ['3.1.1', 'a'.repeat(65_536), 'text-too-long'],
    ['5.0', 'a'.repeat(65_535), undefined],
    ['5.0', 'é'.repeat(32_768), 'text-too-long'],
    ['5.0', '', undefined],
  ] as const)('[PF13] of MQTT %s “%.30s” has the issue %s', (version, clientId, code) => {
    expect(issueOf('clientId', { version, clientId })?.code).toBe(code)
  })

  test.each(['3.1.1', '5.0'] as const)(
    '[PF13] of MQTT %s is empty only with Clean Session',
    (version) => {
      const form = { version, clientId: '' }
      expect(issueOf('clientId', { ...form, cleanSession: true })).toBeUndefined()
      expect(issueOf('clientId', { ...form, cleanSession: false })?.code).toBe('client-id-empty')
    },
  )
})

test.each(['3.1', '3.1.1'] as const)('[PF14] on %s a password needs a user name', (version) => {
  expect(issueOf('username', { version, password: 'x' })?.code).toBe('password-without-username')
  expect(issueOf('username', { version, password: 'x', username: 'me' })).toBeUndefined()
})

test('[PF14] on 5.0 a password can be all that there is, as a token is', () => {
  expect(issueOf('username', { version: '5.0', password: 'x' })).toBeUndefined()
})

test.each([
  'name',
  'clientId',
  'username',
  'password',
  'willPayload',
  'path',
  'authenticationMethod',
  'contentType',
  'correlationData',
] as const)('[PF15] %s takes 65,535 bytes, and neither U+0000 nor lone surrogates', (field) => {
  const change = { willTopic: 'a' }
  expect(issueOf(field, { ...change, [field]: 'a'.repeat(65_535) })).toBeUndefined()
  expect(issueOf(field, { ...change, [field]: '€'.repeat(21_846) })).toEqual({
    code: 'text-too-long',
    bytes: 65_538,
    maximum: 65_535,
  })
  for (const text of ['a\0', '\ud800', '\udc00a']) {
    expect(issueOf(field, { ...change, [field]: text })).toEqual({ code: 'text-character' })
  }
  expect(issueOf(field, { ...change, [field]: '😀' })).toBeUndefined()
})

test('[AU9] SCRAM needs a user name, on MQTT 5 alone', () => {
  const change = { authenticationMethod: 'SCRAM-SHA-256' }
  expect(issueOf('username', change)).toEqual({ code: 'scram-without-username' })
  expect(issueOf('username', { ...change, username: 'ada' })).toBeUndefined()
  expect(issueOf('username', { ...change, version: '3.1.1' })).toBeUndefined()
  expect(issueOf('username', { authenticationMethod: 'GS2-KRB5' })).toBeUndefined()
})

describe('a will', () => {
  test('[PF16] is absent without a topic, and then has no payload', () => {
    expect(issueOf('willTopic', { willTopic: '' })).toBeUndefined()
    expect(issueOf('willTopic', { willPayload: 'offline' })?.code).toBe('payload-without-topic')
    expect(issueOf('willTopic', { willTopic: 'a', willPayload: 'offline' })).toBeUndefined()
  })

  test('[PF16] has a topic and a response topic that could be published to', () => {
    for (const field of ['willTopic', 'responseTopic'] as const) {
      expect(issueOf(field, { [field]: 'a/#' })).toEqual({
        code: 'topic',
        issue: { code: 'wildcard-in-topic', wildcard: '#' },
      })
      expect(issueOf(field, { [field]: 'a\0' })).toMatchObject({ code: 'topic' })
    }
  })
})

test('[PF15] the row of user properties that has an issue is named, and which part of it', () => {
  for (const field of ['userProperties', 'willUserProperties'] as const) {
    for (const part of ['name', 'value'] as const) {
      const rows = [
        { name: 'a', value: 'b' },
        { name: 'c', value: 'd', [part]: '\0' },
      ]
      expect(issueOf(field, { [field]: rows })).toEqual({
        ...{ code: 'user-property', row: 2, part },
        issue: { code: 'text-character' },
      })
    }
  }
})

test('[PF10] what only MQTT 5 has is not checked on older versions', () => {
  const change = {
    receiveMaximum: '0',
    authenticationMethod: '\0',
    responseTopic: '#',
    willUserProperties: [{ name: '\0', value: '' }],
  }
  expect(Object.keys(formIssues({ ...BLANK, ...change }))).toHaveLength(4)
  expect(formIssues({ ...BLANK, ...change, version: '3.1.1' })).toEqual({})
})
