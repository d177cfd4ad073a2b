import { expect, test } from 'vitest'
import { judgeEnd, type ConnectionEnd } from './cutsInARow.ts'
import type { ConnectionFailure } from './failure.ts'
import { NO_LIMITS, type SessionState } from './session.ts'

const CONNECTED: SessionState = {
  phase: 'connected',
  since: 1_000,
  story: { origin: 'clean' },
  limits: NO_LIMITS,
}
const LOST: ConnectionFailure = {
  code: 'connection-lost',
  closeCode: 1006,
  closeReason: 'bye',
  clean: false,
}
const CUT: ConnectionEnd = { state: CONNECTED, failure: LOST, now: 1_200, isOnline: true }

test('[CN10] one cut is a lost connection, a second one in a row is a failure of its own', () => {
  expect(judgeEnd(0, CUT)).toEqual({ cuts: 1, failure: LOST })
  expect(judgeEnd(1, CUT)).toEqual({
    cuts: 2,
    failure: {
      code: 'closed-after-connack',
      times: 2,
      after: 200,
      closeCode: 1006,
      closeReason: 'bye',
    },
  })
})

test('[CN10] a connection that lasted ten seconds was not cut', () => {
  expect(judgeEnd(1, { ...CUT, now: 10_999 }).cuts).toBe(2)
  expect(judgeEnd(1, { ...CUT, now: 11_000 })).toEqual({ cuts: 0, failure: LOST })
})

test('[CN10] a machine that is offline cut itself off', () => {
  expect(judgeEnd(1, { ...CUT, isOnline: false })).toEqual({ cuts: 0, failure: LOST })
})

test('[CN10] an attempt that failed, and an end that has its cause, break the row', () => {
  const state: SessionState = { phase: 'reconnecting', attempt: 2, since: 1_100, failure: LOST }
  const failures: ConnectionFailure[] = [
    { code: 'unreachable', url: 'ws://a/', after: 3 },
    { code: 'connack-timeout', url: 'ws://a/', timeout: 10 },
  ]
  for (const failure of failures) {
    expect(judgeEnd(1, { ...CUT, state, failure })).toEqual({ cuts: 0, failure })
  }
  const silent: ConnectionFailure = { code: 'keep-alive-timeout', keepAlive: 5 }
  expect(judgeEnd(1, { ...CUT, failure: silent })).toEqual({ cuts: 0, failure: silent })
  const told: ConnectionFailure = { code: 'server-disconnect', reasonCode: 0x8b }
  expect(judgeEnd(1, { ...CUT, failure: told })).toEqual({ cuts: 0, failure: told })
})
