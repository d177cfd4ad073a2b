import { describe, expect, test } from 'vitest'
import { hostInUrl, hostIssue, isLoopback, nearNetwork } from './host.ts'

describe('a host', () => {
  test.each([
    'localhost',
    'broker.emqx.io',
    'broker.emqx.io.',
    'my_broker',
    'a-b.example',
    'müller.example',
    '例え.テスト',
    '10.0.0.1',
    '255.255.255.255',
    '1a.2b',
    '::',
    '::1',
    '[::1]',
    'fe80::1:2',
    '1:2:3:4:5:6:7:8',
    '[2001:db8::ff00:42:8329]',
    '::ffff:10.0.0.1',
    `${'a'.repeat(63)}.example`,
  ])('[PF1] %s is an address or a name', (host) => {
    expect(hostIssue(host)).toBeUndefined()
  })

  test.each([
    ['', 'host-empty'],
    ['a b', 'host-character'],
    ['a/b', 'host-character'],
    ['a#b', 'host-character'],
    ['user@a', 'host-character'],
    ['a\0', 'host-character'],
    ['fe80::1%eth0', 'host-character'],
    ['256.1.1.1', 'host-ipv4'],
    ['1.2.3', 'host-ipv4'],
    ['1.2.3.4.5', 'host-ipv4'],
    ['12345', 'host-ipv4'],
    ['0x7f', 'host-ipv4'],
    [':', 'host-ipv6'],
    [':::', 'host-ipv6'],
    ['1::2::3', 'host-ipv6'],
    ['1:2:3:4:5:6:7', 'host-ipv6'],
    ['1:2:3:4:5:6:7:8:9', 'host-ipv6'],
    ['1:2:3:4:5:6:7::8', 'host-ipv6'],
    ['12345::', 'host-ipv6'],
    ['::1.2.3.256', 'host-ipv6'],
    ['1.2.3.4::', 'host-ipv6'],
    ['[::1', 'host-ipv6'],
    ['[a]', 'host-ipv6'],
    ['a..b', 'host-name'],
    ['.a', 'host-name'],
    ['.', 'host-name'],
    ['a'.repeat(64), 'host-name'],
    ['a.'.repeat(128), 'host-name'],
  ])('[PF1] “%s” is neither: %s', (host, code) => {
    expect(hostIssue(host)?.code).toBe(code)
  })

  test('[PF2] an IPv6 address goes into a URL in brackets, given with or without them', () => {
    expect(hostInUrl('::1')).toBe('[::1]')
    expect(hostInUrl('[::1]')).toBe('[::1]')
    expect(hostInUrl('broker.emqx.io')).toBe('broker.emqx.io')
  })
})

test.each([
  ['localhost', true],
  ['LOCALHOST.', true],
  ['mqtt.localhost', true],
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['[::1]', true],
  ['0:0:0:0:0:0:0:1', true],
  ['127.example.org', false],
  ['localhost.example.org', false],
  ['192.168.0.1', false],
  ['::2', false],
  ['1::1', false],
])('[PF3] whether %s is this machine: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})

test.each([
  ['localhost', 'loopback'],
  ['mqtt.localhost.', 'loopback'],
  ['127.9.9.9', 'loopback'],
  ['[::1]', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['10.0.0.1', 'local'],
  ['100.64.0.1', 'local'],
  ['100.127.255.255', 'local'],
  ['169.254.1.1', 'local'],
  ['172.16.0.1', 'local'],
  ['172.31.255.255', 'local'],
  ['192.168.178.20', 'local'],
  ['[::ffff:192.168.0.1]', 'local'],
  ['fc00::1', 'local'],
  ['[FD12:3456::1]', 'local'],
  ['fe80::1', 'local'],
  ['febf::1', 'local'],
  ['raspberrypi.local', 'local'],
  ['Pi.Local.', 'local'],
  ['11.0.0.1', undefined],
  ['100.63.0.1', undefined],
  ['100.128.0.1', undefined],
  ['172.15.0.1', undefined],
  ['172.32.0.1', undefined],
  ['192.169.0.1', undefined],
  ['8.8.8.8', undefined],
  ['::ffff:8.8.8.8', undefined],
  ['fec0::1', undefined],
  ['fb00::1', undefined],
  ['2001:db8::1', undefined],
  ['10.example.org', undefined],
  ['fd00.example.org', undefined],
  ['local', undefined],
  ['broker.local.example', undefined],
  ['intranet', undefined],
])('[FW16] %s is by its form in the network: %s', (host, expected) => {
  expect(nearNetwork(host)).toBe(expected)
})
