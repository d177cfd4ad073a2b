import type { SubscriptionId } from '@/core/id.ts'
import type { Subscription } from '@/core/subscription.ts'
import { matchTopic } from '@/core/topic.ts'

/** So many topics are remembered before all are forgotten and matched anew. */
const REMEMBERED = 10_000

/** Which subscriptions of one list a topic belongs to. A changed list needs a new matcher. */
export class TopicMatcher {
  readonly list: readonly Subscription[]
  readonly #known = new Map<string, SubscriptionId[]>()

  constructor(list: readonly Subscription[]) {
    this.list = list
  }

  /**
   * The subscriptions that a message came by: those whose identifiers it carries, where it carries any
   * that are in the list, and otherwise all that its topic matches.
   */
  explain(topic: string, identifiers: readonly number[] = []): SubscriptionId[] {
    const all = this.match(topic)
    if (identifiers.length === 0) return all
    const named = this.list.filter(
      ({ id, subscriptionIdentifier }) =>
        subscriptionIdentifier !== undefined &&
        identifiers.includes(subscriptionIdentifier) &&
        all.includes(id),
    )
    return named.length > 0 ? named.map(({ id }) => id) : all
  }

  /** In the order of the list, disabled ones included: what they once brought keeps its colour. */
  match(topic: string): SubscriptionId[] {
    const known = this.#known.get(topic)
    if (known) return known
    const found = this.list.filter(({ filter }) => matchTopic(filter, topic)).map(({ id }) => id)
    if (this.#known.size >= REMEMBERED) this.#known.clear()
    this.#known.set(topic, found)
    return found
  }
}
