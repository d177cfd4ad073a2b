import { expect, test } from 'vitest'
import { connectionIdFromBytes } from './id.ts'
import { newProfile } from './profile.ts'
import { versionToTry, withVersion } from './versionToTry.ts'

const HUNG_UP = {
  code: 'closed-before-connack',
  url: 'ws://a/',
  closeCode: 1006,
  closeReason: '',
} as const

test.each([
  ['5.0', 0x84, '3.1.1'],
  ['5.0', 1, '3.1.1'],
  ['3.1', 1, '3.1.1'],
  ['3.1.1', 1, '5.0'],
  ['5.0', 0x87, undefined],
  ['3.1.1', 5, undefined],
] as const)('[FW5] MQTT %s refused with code %i leads to %s', (version, reasonCode, expected) => {
  expect(versionToTry({ code: 'refused', version, reasonCode }, version)).toBe(expected)
})

test('[FW5] a server that hangs up on MQTT 5 is tried with 3.1.1, once', () => {
  expect(versionToTry(HUNG_UP, '5.0')).toBe('3.1.1')
  expect(versionToTry(HUNG_UP, '3.1.1')).toBeUndefined()
  expect(versionToTry({ code: 'dropped' }, '5.0')).toBeUndefined()
})

test('[PF10] a profile that leaves MQTT 5 leaves its properties behind', () => {
  const broker = { scheme: 'ws', host: 'a', port: 80, path: '' } as const
  const blank = newProfile(connectionIdFromBytes(new Uint8Array(8)), 'a', broker, 0)
  const profile = { ...blank, properties: { receiveMaximum: 5, userProperties: [] } }
  expect(withVersion(profile, '3.1.1')).toEqual({ ...blank, version: '3.1.1' })
  expect(withVersion({ ...profile, version: '3.1.1' }, '5.0')).toEqual(profile)
})
