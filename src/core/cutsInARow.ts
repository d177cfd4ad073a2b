import type { ConnectionFailure } from './failure.ts'
import type { SessionState } from './session.ts'
import { STABLE_AFTER } from './sessionMachine.ts'
import type { EpochMs } from './units.ts'

/** One cut is what networks and restarted brokers do; another one right after the retry is not. */
const TOO_MANY = 2

/** How a connection or an attempt ended. */
export type ConnectionEnd = {
  /** The state before the end. */
  state: SessionState
  failure: ConnectionFailure
  now: EpochMs
  /** False where the network of this machine may have been the cause. */
  isOnline: boolean
}

/**
 * How many connections in a row, up to this one, the server accepted and soon closed without a word, and
 * the failure that this makes of the last one's. Two clients with one id do that to each other for ever:
 * MQTT 3.1.1 has no packet to say so (§3.1.4), and not every server of MQTT 5 sends DISCONNECT 0x8E.
 * Any other end breaks the row.
 */
export function judgeEnd(
  cutsBefore: number,
  { state, failure, now, isOnline }: ConnectionEnd,
): { cuts: number; failure: ConnectionFailure } {
  const isClosed = failure.code === 'connection-lost' && isOnline
  if (!isClosed || state.phase !== 'connected') return { cuts: 0, failure }
  const after = now - state.since
  if (after >= STABLE_AFTER) return { cuts: 0, failure }
  const cuts = cutsBefore + 1
  if (cuts < TOO_MANY) return { cuts, failure }
  const { closeCode, closeReason } = failure
  return {
    cuts,
    failure: { code: 'closed-after-connack', times: cuts, after, closeCode, closeReason },
  }
}
