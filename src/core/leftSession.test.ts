import { describe, expect, test } from 'vitest'
import { leftSession, type SessionTerms } from './leftSession.ts'

const NOW = 1_700_000_000_000

function terms(
  profile: Partial<SessionTerms['profile']> & { expiry?: number },
  limits: SessionTerms['limits'] = {},
): SessionTerms {
  const { expiry, ...rest } = profile
  const properties = {
    userProperties: [],
    ...(expiry !== undefined && { sessionExpiryInterval: expiry }),
  }
  return {
    profile: { version: '5.0', cleanSession: false, keepAlive: 30, properties, ...rest },
    limits,
  }
}

describe('what a connection leaves with its broker', () => {
  test('[SY2] is what Clean Session says before MQTT 5, and without a time', () => {
    for (const version of ['3.1', '3.1.1'] as const) {
      const kept = terms({ version, expiry: 9 })
      expect(leftSession(kept, { now: NOW, disconnect: {} })).toEqual({ state: 'kept' })
      expect(leftSession(terms({ version, cleanSession: true }))).toEqual({ state: 'ended' })
    }
  })

  test('[SY2] is what the Session Expiry Interval says since MQTT 5, whatever Clean Start is', () => {
    expect(leftSession(terms({}))).toEqual({ state: 'ended' })
    expect(leftSession(terms({ expiry: 0 }))).toEqual({ state: 'ended' })
    expect(leftSession(terms({ expiry: 60, cleanSession: true }))).toEqual({ state: 'kept' })
  })

  test('[SY2] the word of CONNACK goes before that of CONNECT, and that of DISCONNECT before both', () => {
    const changed = terms({ expiry: 60 }, { sessionExpiryInterval: 10 })
    const disconnect = { sessionExpiryInterval: 20 }
    expect(leftSession(changed, { now: NOW, disconnect })).toEqual({
      state: 'kept',
      expiresAt: NOW + 25_000,
    })
    expect(leftSession(changed, { now: NOW, disconnect: {} })).toEqual({
      state: 'kept',
      expiresAt: NOW + 15_000,
    })
    const gone = { now: NOW, disconnect: { sessionExpiryInterval: 0 } }
    expect(leftSession(changed, gone)).toEqual({ state: 'ended' })
    expect(leftSession(terms({ expiry: 60 }, { sessionExpiryInterval: 0 }))).toEqual({
      state: 'ended',
    })
  })

  test('[SY2] a broker may believe in a lost connection for one and a half keep alives', () => {
    expect(leftSession(terms({ expiry: 60 }), { now: NOW })).toEqual({
      state: 'kept',
      expiresAt: NOW + 45_000 + 60_000,
    })
    const shorter = terms({ expiry: 60 }, { serverKeepAlive: 10 })
    expect(leftSession(shorter, { now: NOW })).toMatchObject({ expiresAt: NOW + 75_000 })
    const never = terms({ expiry: 60, keepAlive: 0 })
    expect(leftSession(never, { now: NOW })).toEqual({ state: 'kept' })
  })

  test('[SY2] what is kept for ever never expires', () => {
    const ever = terms({ expiry: 0xffff_ffff })
    expect(leftSession(ever, { now: NOW, disconnect: {} })).toEqual({ state: 'kept' })
  })
})
