import type { QueueCount, SessionStory } from '@/core/session.ts'
import { sessionOrigin } from '@/core/sessionOrigin.ts'
import type { Clock } from './clock.ts'
import type { Intake } from './intake.ts'
import { QueueDrain } from './queueDrain.ts'
import type { Link } from './session.ts'
import type { SubscriptionKeeper } from './subscriptionKeeper.ts'
import type { ReceivedPublish } from './wire/wire.ts'

export type ChronicleOptions = {
  clock: Clock
  /** Takes the marks that tell the story in the log. */
  intake: Pick<Intake, 'mark' | 'isAcknowledged'>
  /** Knows what the connection before left with the broker. */
  subscriptions: Pick<SubscriptionKeeper, 'left'>
  /** The queue of the session that is open has brought more, or is over. */
  onCounted: (queue: QueueCount) => void
}

/**
 * The story of the sessions of one connection: at each CONNACK why the session is what it is, and then what
 * comes out of its queue.
 */
export class Chronicle {
  readonly #options: ChronicleOptions
  /** Of a session that was resumed, from its CONNACK to the end of the connection. */
  #drain: QueueDrain | undefined

  constructor(options: ChronicleOptions) {
    this.#options = options
  }

  /** A CONNACK has come; before what it changes in what the broker is known to hold. */
  begin({ wire, profile, sessionPresent }: Link): SessionStory {
    const { clock, intake, subscriptions } = this.#options
    const facts = { profile, present: sessionPresent, left: subscriptions.left }
    const origin = sessionOrigin({ ...facts, now: clock.now() })
    if (!profile.cleanSession && origin !== 'unsaid') {
      const expired = origin === 'expired' && ({ lost: true, expired: true } as const)
      const lost = origin === 'lost' && ({ lost: true } as const)
      intake.mark({ type: 'session', present: sessionPresent, ...lost, ...expired })
    }
    this.#drain = sessionPresent
      ? new QueueDrain({
          clock,
          isAcknowledged: () => intake.isAcknowledged,
          ping: (answered) => wire.ping(answered),
          onCounted: (queue) => this.#counted(queue),
        })
      : undefined
    return { origin, ...(this.#drain && { queue: this.#drain.queue }) }
  }

  /** Whether a message that has come was queued while we were away. */
  isQueued(publish: ReceivedPublish): boolean {
    return this.#drain?.isQueued(publish, publish.time) ?? false
  }

  /** One that was queued is on its way into the log, as a row of its own. */
  count(): void {
    this.#drain?.count()
  }

  /** A PUBREL has come, which belongs to a message that was queued or not. */
  released(): void {
    this.#drain?.disturb()
  }

  /** More may be acknowledged now. */
  acknowledged(): void {
    this.#drain?.proceed()
  }

  /** The connection is over. */
  end(): void {
    this.#drain?.end()
    this.#drain = undefined
  }

  #counted(queue: QueueCount): void {
    const { count, isOver } = queue
    if (isOver && count > 0) this.#options.intake.mark({ type: 'queue', count })
    this.#options.onCounted(queue)
  }
}
