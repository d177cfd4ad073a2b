import { describe, expect, test } from 'vitest'
import { addressesToTry } from './addressesToTry.ts'
import type { ConnectionFailure } from './failure.ts'
import type { BrokerAddress } from './profile.ts'

const AT: BrokerAddress = { scheme: 'ws', host: 'a', port: 8083, path: '/mqtt' }
const UNREACHABLE = { code: 'unreachable', url: 'ws://a/', after: 5 } as const
const SILENT: ConnectionFailure = { code: 'open-timeout', url: 'ws://a/', timeout: 10 }

const paths = (failure: ConnectionFailure, at: Partial<BrokerAddress>) =>
  addressesToTry(failure, { ...AT, ...at }).map(({ path }) => path)

describe('[FW8] other addresses to try', () => {
  test.each([
    ['/mqtt', ['/ws', '/']],
    ['/ws', ['/mqtt', '/']],
    ['/', ['/mqtt', '/ws']],
    ['', ['/mqtt', '/ws']],
    ['/other', ['/mqtt', '/ws', '/']],
  ])('for the path “%s” are the usual other ones', (path, expected) => {
    expect(paths(UNREACHABLE, { path })).toEqual(expected)
    const url = 'ws://a/'
    const hungUp = { code: 'closed-before-connack', url, closeCode: 1000, closeReason: '' } as const
    expect(paths(hungUp, { path })).toEqual(expected)
    expect(paths({ code: 'connack-timeout', url, timeout: 10 }, { path })).toEqual(expected)
    for (const http of [404, 200, 'redirect'] as const) {
      expect(paths({ ...UNREACHABLE, http }, { path })).toEqual(expected)
    }
  })

  test.each([
    ['ws', 1883, [8083, 9001]],
    ['wss', 8883, [8084, 443]],
    ['wss', 1883, [8084, 443]],
  ] as const)('for %s at the TCP port %i are ports for WebSocket', (scheme, port, expected) => {
    for (const failure of [UNREACHABLE, SILENT]) {
      const found = addressesToTry(failure, { ...AT, scheme, port })
      expect(found).toEqual(expected.map((other) => ({ ...AT, scheme, port: other })))
    }
  })

  test.each([
    [8083, 8084],
    [80, 443],
    [9001, 9001],
  ])('for ws:// at port %i on an https page are wss:// at port %i', (port, expected) => {
    const mixed: ConnectionFailure = { code: 'mixed-content', url: 'ws://a/' }
    expect(addressesToTry(mixed, { ...AT, port })).toEqual([
      { ...AT, scheme: 'wss', port: expected },
    ])
  })

  test('are none where another address would change nothing', () => {
    expect(addressesToTry(SILENT, AT)).toEqual([])
    expect(addressesToTry({ ...UNREACHABLE, http: 502 }, AT)).toEqual([])
    expect(addressesToTry({ code: 'dropped' }, AT)).toEqual([])
    expect(addressesToTry({ code: 'refused', version: '5.0', reasonCode: 0x87 }, AT)).toEqual([])
  })
})
