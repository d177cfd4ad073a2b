import type { ConnectionId } from '@/core/id.ts'
import type { SessionState } from '@/core/session.ts'
import type { EpochMs } from '@/core/units.ts'
import type { Clock } from './clock.ts'
import type { WantedConnections } from './wantedConnections.ts'

/**
 * Follows whether one connection is there as its user wants it: tells `WantedConnections`, for the next
 * engine, and knows since when messages may be missing. Being disconnected by the user misses nothing.
 */
export class Presence {
  readonly #connection: ConnectionId
  readonly #clock: Clock
  readonly #wanted: WantedConnections
  #phase: SessionState['phase'] = 'disconnected'
  #absentSince: EpochMs | undefined

  constructor(connection: ConnectionId, clock: Clock, wanted: WantedConnections) {
    this.#connection = connection
    this.#clock = clock
    this.#wanted = wanted
  }

  /** An earlier engine ended while it was wanted; it listened at least until `lastAlive`. */
  resume(lastAlive: EpochMs): void {
    this.#absentSince = Math.min(lastAlive, this.#clock.now())
  }

  changed(state: SessionState): void {
    const before = this.#phase
    this.#phase = state.phase
    if (before === state.phase) return
    if (before === 'connected') {
      this.#wanted.setConnected(this.#connection, false)
      this.#absentSince = this.#clock.now()
    }
    if (state.phase === 'connected') this.#wanted.setConnected(this.#connection, true)
    else if (state.phase === 'disconnected') {
      this.#wanted.remove(this.#connection)
      const byUser = state.failure === undefined || state.failure.code === 'dropped'
      if (byUser) this.#absentSince = undefined
    } else if (before === 'disconnected') this.#wanted.add(this.#connection, this.#absentSince)
  }

  /** The time in which messages may have been missed, up to now; undefined when none. Said once. */
  takeGap(): { from: EpochMs; to: EpochMs } | undefined {
    const from = this.#absentSince
    this.#absentSince = undefined
    return from === undefined ? undefined : { from, to: this.#clock.now() }
  }
}
