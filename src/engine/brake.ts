import type { EpochMs, Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'
import type { PendingBytes } from './pendingBytes.ts'

/** Holds up the thread for so long; where a host cannot, it returns at once. */
export type Sleep = (time: Milliseconds) => void

const SHORTEST: Milliseconds = 2
const LONGEST: Milliseconds = 50

/** The rest of each second belongs to storage, to the pages and to keep alive. */
const SECOND: Milliseconds = 1_000
const SHARE_OF_SECOND: Milliseconds = 900

/**
 * Slows brokers down when storage is behind. A WebSocket has no way to say "wait", but while the worker
 * sleeps nothing is read from the socket, its buffers fill up, and TCP stops the broker: nothing piles
 * up here and nothing is lost.
 */
export class Brake {
  readonly #pending: PendingBytes
  readonly #clock: Pick<Clock, 'now'>
  readonly #sleep: Sleep
  #secondStart: EpochMs = 0
  #slept: Milliseconds = 0

  constructor(pending: PendingBytes, clock: Pick<Clock, 'now'>, sleep: Sleep) {
    this.#pending = pending
    this.#clock = clock
    this.#sleep = sleep
  }

  /**
   * To be called after each WebSocket message; says whether storage was behind. Sleeps the longer the
   * more waits. Once storage fails and its memory is used up, slowing down saves nothing any more.
   */
  press(isFailing: boolean): boolean {
    const { bytes, limits } = this.#pending
    if (!this.#pending.isBehind) return false
    if (isFailing && bytes >= limits.failing) return false
    const fullness = Math.min(1, (bytes - limits.slow) / (limits.failing - limits.slow))
    const wanted = SHORTEST + Math.round(fullness * (LONGEST - SHORTEST))
    const now = this.#clock.now()
    if (now < this.#secondStart || now - this.#secondStart >= SECOND) {
      this.#secondStart = now
      this.#slept = 0
    }
    const allowed = Math.min(wanted, SHARE_OF_SECOND - this.#slept)
    if (allowed > 0) {
      this.#slept += allowed
      this.#sleep(allowed)
    }
    return true
  }
}
