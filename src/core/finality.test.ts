import { expect, test } from 'vitest'
import type { ConnectionFailure } from './failure.ts'
import { isClientIdRefused, isFinal } from './finality.ts'

const CLOSED_AFTER_CONNACK: ConnectionFailure = {
  code: 'closed-after-connack',
  times: 2,
  after: 900,
  closeCode: 1006,
  closeReason: '',
}

test.each([
  [0x86, '5.0', true],
  [0x87, '5.0', true],
  [0x84, '5.0', true],
  [0x88, '5.0', false],
  [0x89, '5.0', false],
  [1, '5.0', true],
  [3, '3.1.1', false],
  [4, '3.1.1', true],
  [5, '3.1.1', true],
] as const)('[RC1] a refusal with %i on MQTT %s is final: %s', (reasonCode, version, expected) => {
  expect(isFinal({ code: 'refused', version, reasonCode })).toBe(expected)
})

test('[RC1] a session that was taken over is not connected again by itself', () => {
  expect(isFinal({ code: 'server-disconnect', reasonCode: 0x8e })).toBe(true)
  expect(isFinal({ code: 'server-disconnect', reasonCode: 0x8b })).toBe(false)
  expect(isFinal(CLOSED_AFTER_CONNACK)).toBe(true)
})

test('[RC1] a lost network is worth another try, and what the browser refuses is not', () => {
  expect(isFinal({ code: 'keep-alive-timeout', keepAlive: 5 })).toBe(false)
  expect(isFinal({ code: 'unreachable', url: 'ws://a', after: 3 })).toBe(false)
  expect(isFinal({ code: 'mixed-content', url: 'ws://a' })).toBe(true)
  expect(isFinal({ code: 'dropped' })).toBe(true)
})

test('[AU5] a server that did not prove itself is not tried again, nor what no try would change', () => {
  expect(isFinal({ code: 'auth-unproven' })).toBe(true)
  expect(isFinal({ code: 'auth-message', problem: 'nonce' })).toBe(true)
  expect(isFinal({ code: 'auth-insecure', method: 'SCRAM-SHA-1' })).toBe(true)
  expect(isFinal({ code: 'auth-exchange', method: 'GS2-KRB5' })).toBe(true)
})

test('[FW9] an id that is refused, or that another client has, is told apart', () => {
  expect(isClientIdRefused({ code: 'refused', version: '3.1.1', reasonCode: 2 })).toBe(true)
  expect(isClientIdRefused({ code: 'refused', version: '5.0', reasonCode: 0x85 })).toBe(true)
  expect(isClientIdRefused({ code: 'server-disconnect', reasonCode: 0x8e })).toBe(true)
  expect(isClientIdRefused(CLOSED_AFTER_CONNACK)).toBe(true)
  expect(isClientIdRefused({ code: 'refused', version: '5.0', reasonCode: 0x87 })).toBe(false)
  expect(isClientIdRefused({ code: 'server-disconnect', reasonCode: 0x85 })).toBe(false)
  expect(isClientIdRefused({ code: 'dropped' })).toBe(false)
})
