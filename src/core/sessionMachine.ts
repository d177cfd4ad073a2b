import type { ConnectionFailure } from './failure.ts'
import { unreachable } from './failure.ts'
import type { QueueCount, ServerLimits, SessionState, SessionStory } from './session.ts'
import type { EpochMs, Milliseconds } from './units.ts'

/** What can happen to a connection: what the user asks for, what the wire reports, what a timer says. */
export type SessionInput =
  | { type: 'connect'; now: EpochMs }
  | { type: 'disconnect' }
  | { type: 'drop' }
  | { type: 'connected'; now: EpochMs; story: SessionStory; limits: ServerLimits }
  /** More has come out of the queue, or it is known to be empty. */
  | { type: 'queued'; queue: QueueCount }
  | { type: 'pinged'; roundTrip: Milliseconds }
  /** The attempt or connection is over. Without `retry` it stays over. */
  | { type: 'ended'; failure: ConnectionFailure; retry?: Retry }
  /** The wait is over, or the browser has come online again. */
  | { type: 'due'; now: EpochMs }
  /** The wait is over but the browser is offline. */
  | { type: 'postponed'; retryAt: EpochMs }

/** When the next try is, and the how-manieth in a row. */
export type Retry = { attempt: number; retryAt: EpochMs }

/**
 * What the owner of the socket must do after a step. `open` starts a new attempt, `close` ends the
 * current one with DISCONNECT, `drop` without; `wait` sets the timer and `stop` clears it.
 */
export type SessionEffect = 'open' | 'close' | 'drop' | 'wait' | 'stop'

export type SessionStep = { state: SessionState; effect?: SessionEffect }

/** A connection must last this long after its CONNACK before the waits start from the beginning again. */
export const STABLE_AFTER: Milliseconds = 10_000

/**
 * One step of a connection's life. Returns the very same state object where the input means nothing
 * in that state, so a caller can tell whether anything changed.
 */
export function stepSession(state: SessionState, input: SessionInput): SessionStep {
  switch (input.type) {
    case 'connect':
      if (state.phase !== 'disconnected') return stepSession(state, { ...input, type: 'due' })
      return { state: { phase: 'connecting', since: input.now }, effect: 'open' }
    case 'due': {
      if (state.phase !== 'waiting') return { state }
      const { attempt, failure } = state
      return {
        state: { phase: 'reconnecting', attempt, since: input.now, failure },
        effect: 'open',
      }
    }
    case 'postponed':
      if (state.phase !== 'waiting') return { state }
      return { state: { ...state, retryAt: input.retryAt }, effect: 'wait' }
    case 'disconnect':
      if (state.phase === 'disconnected') return { state }
      return { state: { phase: 'disconnected' }, effect: isOpen(state) ? 'close' : 'stop' }
    case 'drop':
      if (state.phase === 'disconnected') return { state }
      if (!isOpen(state)) return { state: { phase: 'disconnected' }, effect: 'stop' }
      return { state: { phase: 'disconnected', failure: { code: 'dropped' } }, effect: 'drop' }
    case 'connected': {
      if (state.phase !== 'connecting' && state.phase !== 'reconnecting') return { state }
      const { now, story, limits } = input
      return { state: { phase: 'connected', since: now, story, limits } }
    }
    case 'queued':
      if (state.phase !== 'connected') return { state }
      return { state: { ...state, story: { ...state.story, queue: input.queue } } }
    case 'pinged':
      if (state.phase !== 'connected') return { state }
      return { state: { ...state, ping: input.roundTrip } }
    case 'ended': {
      if (!isOpen(state)) return { state }
      const { failure, retry } = input
      if (!retry) return { state: { phase: 'disconnected', failure } }
      return { state: { phase: 'waiting', ...retry, failure }, effect: 'wait' }
    }
    default:
      return unreachable(input)
  }
}

/**
 * Which retry in a row the next one is. A connection that the broker accepts and ends at once counts on,
 * so the waits still grow.
 */
export function nextAttempt(state: SessionState, triesBefore: number, now: EpochMs): number {
  const stable = state.phase === 'connected' && now - state.since >= STABLE_AFTER
  return stable ? 1 : triesBefore + 1
}

function isOpen(state: SessionState): boolean {
  return (
    state.phase === 'connecting' || state.phase === 'reconnecting' || state.phase === 'connected'
  )
}
