import { expect, test } from 'vitest'
import { parseAddress, portFor } from './address.ts'

test.each([
  ['ws://host:8083/mqtt', { scheme: 'ws', host: 'host', port: '8083', path: '/mqtt' }],
  [' wss://host/path ', { scheme: 'wss', host: 'host', port: '443', path: '/path' }],
  ['ws://host', { scheme: 'ws', host: 'host', port: '80', path: '' }],
  ['WSS://Host:8084', { scheme: 'wss', host: 'Host', port: '8084', path: '' }],
  ['ws://host?token=1', { scheme: 'ws', host: 'host', port: '80', path: '/?token=1' }],
  ['https://host/mqtt?a=b', { scheme: 'wss', host: 'host', port: '443', path: '/mqtt?a=b' }],
  ['http://[::1]:9001', { scheme: 'ws', host: '[::1]', port: '9001', path: '' }],
  ['ws://host/a#b', { scheme: 'ws', host: 'host', port: '80', path: '/a#b' }],
])('[PF4] the URL %s fills protocol, host, port and path', (text, fields) => {
  expect(parseAddress(text)).toEqual({ fields, tcp: false })
})

test.each([
  ['host:9001', { host: 'host', port: '9001' }],
  ['[::1]:9001', { host: '[::1]', port: '9001' }],
  ['host/ws', { host: 'host', path: '/ws' }],
  ['host:', { host: 'host' }],
])('[PF4] %s, which has no protocol, fills only what it says', (text, fields) => {
  expect(parseAddress(text)).toEqual({ fields, tcp: false })
})

test.each([
  ['wss://me:p%40ss@host/', { username: 'me', password: 'p@ss' }],
  ['wss://me:a:b@host/', { username: 'me', password: 'a:b' }],
  ['wss://me@host/', { username: 'me' }],
  ['wss://100%:100%@host/', { username: '100%', password: '100%' }],
])('[PF4] the credentials in %s are taken, percent-decoded', (text, expected) => {
  expect(parseAddress(text)?.fields).toMatchObject({ host: 'host', ...expected })
})

test.each([
  ['mqtt://host', { scheme: 'ws', host: 'host', port: '8083', path: '/mqtt' }],
  ['mqtt://host:1883', { scheme: 'ws', host: 'host', port: '8083', path: '/mqtt' }],
  ['mqtts://host:8883', { scheme: 'wss', host: 'host', port: '8084', path: '/mqtt' }],
  ['tcp://host:1883/', { scheme: 'ws', host: 'host', port: '8083', path: '/mqtt' }],
  ['mqtt://host:9001/ws', { scheme: 'ws', host: 'host', port: '9001', path: '/ws' }],
])('[PF5] %s, an address for TCP, gets what is usual for WebSocket', (text, fields) => {
  expect(parseAddress(text)).toEqual({ fields, tcp: true })
})

test.each(['', 'host', '10.0.0.1', '::1', '[::1]', 'fe80::1:2', 'gopher://host', 'ws://', 'a b'])(
  '[PF4] “%s” is a host or no address, and fills nothing else',
  (text) => {
    expect(parseAddress(text)).toBeUndefined()
  },
)

test.each([
  ['wss', '8083', '8084'],
  ['ws', '8084', '8083'],
  ['wss', '80', '443'],
  ['ws', '443', '80'],
  ['wss', ' 8083 ', '8084'],
  ['wss', '8084', '8084'],
  ['wss', '9001', '9001'],
  ['ws', '', ''],
] as const)('[PF6] a change to %s makes of port “%s” “%s”', (scheme, port, expected) => {
  expect(portFor(scheme, port)).toBe(expected)
})
