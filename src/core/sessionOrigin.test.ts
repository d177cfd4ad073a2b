import { expect, test } from 'vitest'
import { MQTT_VERSIONS } from './profile.ts'
import { sessionOrigin, type SessionFacts } from './sessionOrigin.ts'

const NOW = 1_700_000_000_000

function origin(
  { version = '5.0', cleanSession = false }: Partial<SessionFacts['profile']>,
  facts: Partial<SessionFacts> = {},
) {
  const profile = { version, cleanSession }
  return sessionOrigin({ profile, present: false, left: undefined, now: NOW, ...facts })
}

test('[SY1] a session that the broker says it has is resumed', () => {
  for (const version of MQTT_VERSIONS) {
    expect(origin({ version }, { present: true })).toBe('resumed')
    expect(origin({ version }, { present: true, left: { state: 'ended' } })).toBe('resumed')
  }
})

test('[SY1] Clean Session and Clean Start ask for a new one, whatever was left', () => {
  for (const version of MQTT_VERSIONS) {
    expect(origin({ version, cleanSession: true })).toBe('clean')
    expect(origin({ version, cleanSession: true }, { left: { state: 'kept' } })).toBe('clean')
  }
})

test('[SY1] MQTT 3.1 does not say whether there was one', () => {
  expect(origin({ version: '3.1' })).toBe('unsaid')
  expect(origin({ version: '3.1' }, { left: { state: 'kept' } })).toBe('unsaid')
})

test('[SY1] without a session the last connection tells why', () => {
  for (const version of ['3.1.1', '5.0'] as const) {
    expect(origin({ version })).toBe('none-kept')
    expect(origin({ version }, { left: { state: 'ended' } })).toBe('ended')
    expect(origin({ version }, { left: { state: 'kept' } })).toBe('lost')
  }
})

test('[SY2] one whose time is certainly over has expired, and before that it is lost', () => {
  expect(origin({}, { left: { state: 'kept', expiresAt: NOW } })).toBe('expired')
  expect(origin({}, { left: { state: 'kept', expiresAt: NOW + 1 } })).toBe('lost')
})
