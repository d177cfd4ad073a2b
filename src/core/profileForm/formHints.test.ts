import { expect, test } from 'vitest'
import { connectionIdFromBytes } from '../id.ts'
import { newProfile } from '../profile.ts'
import { formHints } from './formHints.ts'
import { formOf, type ProfileForm } from './profileForm.ts'

const ID = connectionIdFromBytes(new Uint8Array(8))
const BROKER = { scheme: 'ws', host: 'example.org', port: 8083, path: '/mqtt' } as const
const BLANK = formOf(newProfile(ID, 'mqtab_0', BROKER, 7))

function codes(change: Partial<ProfileForm>, protocol = 'http:', isSecureContext = true): string[] {
  return formHints({ ...BLANK, ...change }, { protocol, isSecureContext }).map(({ code }) => code)
}

test('[PF17] an https page warns of ws:// to another machine', () => {
  expect(codes({}, 'http:')).toEqual([])
  expect(codes({}, 'https:')).toEqual(['mixed-content'])
  expect(codes({ host: '127.0.0.1' }, 'https:')).toEqual([])
  expect(codes({ host: '' }, 'https:')).toEqual([])
  expect(codes({ scheme: 'wss', port: '8084' }, 'https:')).toEqual([])
})

test.each([
  [{ port: '1883' }, 'tcp-port'],
  [{ port: ' 8883 ' }, 'tcp-port'],
  [{ scheme: 'wss', port: '8083' }, 'other-protocol'],
  [{ scheme: 'ws', port: '443' }, 'other-protocol'],
  [{ path: '' }, 'usual-path'],
  [{ clientId: '' }, 'assigned-id'],
  [{ clientId: '', version: '3.1.1' }, 'assigned-id'],
  [{ keepAlive: '0' }, 'keep-alive-off'],
  [{ cleanSession: false }, 'session-ends'],
  [{ cleanSession: false, sessionExpiryInterval: '0' }, 'session-ends'],
  [{ willTopic: 'a', willDelayInterval: '5' }, 'delay-beyond-session'],
] as [Partial<ProfileForm>, string][])('[PF18] %o gets the hint %s', (change, code) => {
  expect(codes(change)).toEqual([code])
})

test.each([
  { port: '9001' },
  { port: '' },
  { port: '9001', path: '' },
  { clientId: '', version: '3.1.1', cleanSession: false },
  { clientId: '', cleanSession: false, sessionExpiryInterval: '60' },
  { clientId: '', version: '3.1' },
  { keepAlive: '' },
  { cleanSession: false, version: '3.1.1' },
  { cleanSession: false, sessionExpiryInterval: '60' },
  { willDelayInterval: '5' },
  { willTopic: 'a', willDelayInterval: '5', sessionExpiryInterval: '5' },
  { willTopic: 'a', willDelayInterval: 'x' },
] as Partial<ProfileForm>[])('[PF18] %o gets none', (change) => {
  expect(codes(change)).toEqual([])
})

test('[AU6] a page without a secure context says so beside a method that needs one', () => {
  const change = { authenticationMethod: 'SCRAM-SHA-512' }
  expect(codes(change, 'http:', true)).toEqual([])
  expect(codes(change, 'http:', false)).toEqual(['insecure-method'])
  expect(codes({ ...change, version: '3.1.1' }, 'http:', false)).toEqual([])
  expect(codes({}, 'http:', false)).toEqual([])
})

test('[AU8] a method that MQTab does not know gets a hint', () => {
  expect(codes({ authenticationMethod: 'scram-sha-256' }, 'http:', false)).toEqual([
    'unknown-method',
  ])
})
