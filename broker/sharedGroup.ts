import type { Subscription } from './subscription.ts'

/** The sessions that share one subscription (MQTT 5.0 §4.8.2): each message goes to one of them. */
export class SharedGroup<Subscriber> {
  readonly members = new Map<Subscriber, Subscription>()
  #turn = 0

  /** The next member in turn, those that `isReady` before the others; `undefined` when empty. */
  next(isReady: (subscriber: Subscriber) => boolean): [Subscriber, Subscription] | undefined {
    const members = [...this.members]
    const start = this.#turn++ % Math.max(members.length, 1)
    const inTurn = [...members.slice(start), ...members.slice(0, start)]
    return inTurn.find(([subscriber]) => isReady(subscriber)) ?? inTurn[0]
  }
}
