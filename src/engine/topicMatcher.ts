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
