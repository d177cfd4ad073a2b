import type { UnexplainedTopic } from '@/core/unexplained.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'
import type { ReceivedPublish } from './wire/wire.ts'

/** So many topics are listed; a broker that sends everything fills no memory with them. */
const LISTED = 50

/** Of a flood the page hears this often. */
const DISTANCE: Milliseconds = 250

export type UnexplainedOptions = {
  clock: Clock
  /** Whether a subscription asks for the topic, or the broker's session may still hold one that does. */
  isExplained: (topic: string) => boolean
  onChanged: () => void
}

/**
 * The topics of messages that came on this connection although nothing here asked for them: a session
 * from another time still holds subscriptions, or the broker subscribes its clients by itself.
 */
export class Unexplained {
  readonly #options: UnexplainedOptions
  readonly #topics = new Map<string, UnexplainedTopic>()
  #isTelling = false

  constructor(options: UnexplainedOptions) {
    this.#options = options
  }

  /** In the order in which they first came. */
  get topics(): UnexplainedTopic[] {
    return [...this.#topics.values()]
  }

  /** A new connection has begun. */
  restart(): void {
    if (this.#topics.size === 0) return
    this.#topics.clear()
    this.#options.onChanged()
  }

  /** Called for each message that arrives, so it must be quick. */
  received({ topic, time }: ReceivedPublish): void {
    if (this.#options.isExplained(topic)) return
    const known = this.#topics.get(topic)
    if (!known && this.#topics.size >= LISTED) return
    this.#topics.set(topic, { topic, count: (known?.count ?? 0) + 1, lastAt: time })
    this.#tell()
  }

  /** The subscriptions are others now: what they explain needs no mention any more. */
  review(): void {
    const before = this.#topics.size
    for (const topic of this.#topics.keys()) {
      if (this.#options.isExplained(topic)) this.#topics.delete(topic)
    }
    if (this.#topics.size < before) this.#options.onChanged()
  }

  #tell(): void {
    if (this.#isTelling) return
    this.#isTelling = true
    this.#options.clock.after(DISTANCE, () => {
      this.#isTelling = false
      this.#options.onChanged()
    })
  }
}
