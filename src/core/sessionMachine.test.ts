import { describe, expect, test } from 'vitest'
import type { ConnectionFailure } from './failure.ts'
import { NO_LIMITS, type ServerLimits, type SessionState } from './session.ts'
import { nextAttempt, stepSession, type SessionInput } from './sessionMachine.ts'

const LIMITS: ServerLimits = NO_LIMITS
const LOST: ConnectionFailure = {
  code: 'connection-lost',
  closeCode: 1006,
  closeReason: '',
  clean: false,
}
const OFF: SessionState = { phase: 'disconnected' }
const CONNECTING: SessionState = { phase: 'connecting', since: 0 }
const CONNECTED: SessionState = {
  phase: 'connected',
  since: 100,
  story: { origin: 'clean' },
  limits: LIMITS,
}
const WAITING: SessionState = { phase: 'waiting', attempt: 3, retryAt: 9_000, failure: LOST }
const RECONNECTING: SessionState = { phase: 'reconnecting', attempt: 3, since: 0, failure: LOST }

describe('a connection', () => {
  test('starts with connecting and becomes connected when the broker accepts', () => {
    const first = stepSession(OFF, { type: 'connect', now: 5 })
    expect(first).toEqual({ state: { phase: 'connecting', since: 5 }, effect: 'open' })
    const second = stepSession(first.state, {
      type: 'connected',
      now: 7,
      story: { origin: 'resumed', queue: { count: 0, isOver: false } },
      limits: LIMITS,
    })
    expect(second.state).toEqual({
      phase: 'connected',
      since: 7,
      story: { origin: 'resumed', queue: { count: 0, isOver: false } },
      limits: LIMITS,
    })
  })

  test('keeps the round trip of its last ping', () => {
    expect(stepSession(CONNECTED, { type: 'pinged', roundTrip: 12 }).state).toMatchObject({
      phase: 'connected',
      ping: 12,
    })
  })

  test('[SY3] keeps how many messages came out of the queue, and is told them only while it is up', () => {
    const input: SessionInput = { type: 'queued', queue: { count: 3, isOver: true } }
    expect(stepSession(CONNECTED, input).state).toMatchObject({
      story: { origin: 'clean', queue: { count: 3, isOver: true } },
    })
    expect(stepSession(WAITING, input)).toEqual({ state: WAITING })
  })

  test('[CN4] a failure with a retry waits visibly, with its cause and its time', () => {
    const retry = { attempt: 1, retryAt: 4_000 }
    expect(stepSession(CONNECTED, { type: 'ended', failure: LOST, retry })).toEqual({
      state: { phase: 'waiting', attempt: 1, retryAt: 4_000, failure: LOST },
      effect: 'wait',
    })
  })

  test('[CN5] a failure without a retry stays disconnected with its cause', () => {
    const failure: ConnectionFailure = { code: 'refused', version: '5.0', reasonCode: 0x87 }
    expect(stepSession(CONNECTING, { type: 'ended', failure })).toEqual({
      state: { phase: 'disconnected', failure },
    })
  })

  test('[CN6] connect while waiting tries at once, and disconnect while waiting ends the waiting', () => {
    expect(stepSession(WAITING, { type: 'connect', now: 50 })).toEqual({
      state: { phase: 'reconnecting', attempt: 3, since: 50, failure: LOST },
      effect: 'open',
    })
    expect(stepSession(WAITING, { type: 'disconnect' })).toEqual({ state: OFF, effect: 'stop' })
  })

  test('tries again when the wait is over, and waits on while the browser is offline', () => {
    expect(stepSession(WAITING, { type: 'due', now: 9_000 }).state.phase).toBe('reconnecting')
    expect(stepSession(WAITING, { type: 'postponed', retryAt: 20_000 })).toEqual({
      state: { ...WAITING, retryAt: 20_000 },
      effect: 'wait',
    })
  })

  test('[CN7] disconnect closes with DISCONNECT and leaves no failure', () => {
    for (const state of [CONNECTING, CONNECTED, RECONNECTING]) {
      expect(stepSession(state, { type: 'disconnect' })).toEqual({ state: OFF, effect: 'close' })
    }
  })

  test('[CN8] drop closes without DISCONNECT and no retry follows', () => {
    const dropped = stepSession(CONNECTED, { type: 'drop' })
    expect(dropped).toEqual({
      state: { phase: 'disconnected', failure: { code: 'dropped' } },
      effect: 'drop',
    })
    const retry = { attempt: 1, retryAt: 1 }
    expect(stepSession(dropped.state, { type: 'ended', failure: LOST, retry }).state).toBe(
      dropped.state,
    )
  })

  test('does nothing on an input that means nothing in its state', () => {
    const idle: [SessionState, SessionInput][] = [
      [CONNECTED, { type: 'connect', now: 1 }],
      [CONNECTING, { type: 'connect', now: 1 }],
      [CONNECTED, { type: 'due', now: 1 }],
      [OFF, { type: 'disconnect' }],
      [OFF, { type: 'drop' }],
      [OFF, { type: 'pinged', roundTrip: 1 }],
      [OFF, { type: 'postponed', retryAt: 1 }],
      [WAITING, { type: 'ended', failure: LOST }],
      [OFF, { type: 'connected', now: 1, story: { origin: 'clean' }, limits: LIMITS }],
    ]
    for (const [state, input] of idle) {
      const step = stepSession(state, input)
      expect(step.state).toBe(state)
      expect(step.effect).toBeUndefined()
    }
  })
})

describe('the number of the next try', () => {
  test('counts up over failures in a row', () => {
    expect(nextAttempt(CONNECTING, 0, 10)).toBe(1)
    expect(nextAttempt(RECONNECTING, 3, 10)).toBe(4)
  })

  test('[CN9] starts over after a connection that lasted, not after one that the broker ended at once', () => {
    expect(nextAttempt(CONNECTED, 4, 100 + 10_000)).toBe(1)
    expect(nextAttempt(CONNECTED, 4, 100 + 9_999)).toBe(5)
  })
})
