import type { QueueCount } from '@/core/session.ts'
import type { EpochMs, Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'

/** A queue that takes longer to arrive cannot be told from messages that are new. */
export const LONGEST_DRAIN: Milliseconds = 10_000

/** While the queue comes, its count is told this often. */
const DISTANCE: Milliseconds = 250

export type QueueDrainOptions = {
  clock: Clock
  /** Whether everything that has come so far is acknowledged. */
  isAcknowledged: () => boolean
  /** Sends a PINGREQ and calls back when that very one is answered. */
  ping: (answered: () => void) => void
  /** The count has grown, or the queue is over, which is told once. Never called by the constructor. */
  onCounted: (queue: QueueCount) => void
}

/**
 * Tells the messages that a broker kept for us while we were away from those that are new.
 *
 * MQTT does not mark them, but a broker sends its queue first and in order, and answers packets in the
 * order in which they come. It may send only so many messages before it waits for acknowledgements, so
 * the queue is empty once this has happened: everything that had come was acknowledged, then a PINGREQ
 * went out, and its PINGRESP came with no message of QoS 1 or 2 and no PUBREL in between. Until then
 * such a message counts as queued. One that is published within that last round trip is called queued
 * too, and under steady traffic no round may be quiet, so after ten seconds everything is new.
 *
 * Most brokers do not queue QoS 0, and retained messages are sent for new subscriptions, so neither
 * counts.
 */
export class QueueDrain {
  readonly #options: QueueDrainOptions
  /** When the CONNACK with session present came. */
  readonly #resumedAt: EpochMs
  readonly #stopWaiting: () => void
  #stopTelling: (() => void) | undefined
  /** `quiet`: a PINGREQ is on its way and nothing has come since. */
  #round: 'none' | 'quiet' | 'busy' = 'none'
  #count = 0
  #isOver = false

  constructor(options: QueueDrainOptions) {
    const { clock } = options
    this.#options = options
    this.#resumedAt = clock.now()
    this.#stopWaiting = clock.after(LONGEST_DRAIN, () => this.end())
    this.proceed()
  }

  get queue(): QueueCount {
    return { count: this.#count, isOver: this.#isOver }
  }

  /** Whether a message that arrives at `now` was queued. */
  isQueued({ qos, retain }: { qos: number; retain: boolean }, now: EpochMs): boolean {
    if (qos === 0 || retain) return false
    this.disturb()
    // The timer may be late on a busy machine.
    if (now - this.#resumedAt >= LONGEST_DRAIN) this.end()
    return !this.#isOver
  }

  /** One that was queued is now in the log, as a row of its own. */
  count(): void {
    this.#count += 1
    this.#stopTelling ??= this.#options.clock.after(DISTANCE, () => this.#tell())
  }

  /** Something came that the broker sends only while it still has messages for us. */
  disturb(): void {
    if (this.#round === 'quiet') this.#round = 'busy'
  }

  /** Starts the next round where everything is acknowledged; call it whenever that may have changed. */
  proceed(): void {
    if (this.#isOver || this.#round !== 'none' || !this.#options.isAcknowledged()) return
    this.#round = 'quiet'
    this.#options.ping(() => {
      if (this.#round === 'quiet') this.end()
      this.#round = 'none'
      this.proceed()
    })
  }

  /** What comes from now on is new, or can't be told from what is; also when the connection is over. */
  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.#stopWaiting()
    this.#tell()
  }

  #tell(): void {
    this.#stopTelling?.()
    this.#stopTelling = undefined
    this.#options.onCounted(this.queue)
  }
}
