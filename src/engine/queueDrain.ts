import type { EpochMs, Milliseconds } from '@/core/units.ts'

/** A queue that takes longer to arrive cannot be told from messages that are new. */
export const LONGEST_DRAIN: Milliseconds = 10_000

export type QueueDrainOptions = {
  /** When the CONNACK with session present came. */
  resumedAt: EpochMs
  /** Whether everything that has come so far is acknowledged. */
  isAcknowledged: () => boolean
  /** Sends a PINGREQ and calls back when that very one is answered. */
  ping: (answered: () => void) => void
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
  /** `quiet`: a PINGREQ is on its way and nothing has come since. */
  #round: 'none' | 'quiet' | 'busy' = 'none'
  #drained = false

  constructor(options: QueueDrainOptions) {
    this.#options = options
    this.proceed()
  }

  /** Whether a message that arrives at `now` was queued. */
  isQueued({ qos, retain }: { qos: number; retain: boolean }, now: EpochMs): boolean {
    if (qos === 0 || retain) return false
    this.disturb()
    if (now - this.#options.resumedAt >= LONGEST_DRAIN) this.#drained = true
    return !this.#drained
  }

  /** Something came that the broker sends only while it still has messages for us. */
  disturb(): void {
    if (this.#round === 'quiet') this.#round = 'busy'
  }

  /** Starts the next round where everything is acknowledged; call it whenever that may have changed. */
  proceed(): void {
    if (this.#drained || this.#round !== 'none' || !this.#options.isAcknowledged()) return
    this.#round = 'quiet'
    this.#options.ping(() => {
      this.#drained = this.#round === 'quiet'
      this.#round = 'none'
      this.proceed()
    })
  }
}
