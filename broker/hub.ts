import type { Clock } from './clock.ts'
import { Faults } from './faults.ts'
import { filterPath } from './filterPath.ts'
import type { Client, Hooks } from './hooks.ts'
import type { Limits } from './limits.ts'
import { newMessage, type Delivery, type Message } from './message.ts'
import { Retained } from './retained.ts'
import type { Session } from './session.ts'
import { Sessions } from './sessions.ts'
import type { Subscription } from './subscription.ts'
import { SubscriptionTree } from './subscriptionTree.ts'
import type { Will } from './will.ts'

/** What all connections of one broker share, and the way of a message from one to the others. */
export class Hub {
  readonly limits: Limits
  readonly hooks: Hooks
  readonly clock: Clock
  readonly faults = new Faults()
  readonly retained: Retained
  readonly subscriptions = new SubscriptionTree<Session>()
  readonly sessions: Sessions
  /** The broker shuts down: connections end, and no will is published for it. */
  muted = false

  constructor(limits: Limits, hooks: Hooks, clock: Clock) {
    this.limits = limits
    this.hooks = hooks
    this.clock = clock
    this.retained = new Retained(clock)
    this.sessions = new Sessions(limits, clock, (session) => this.#unsubscribeAll(session))
  }

  /** Keeps the message if it is retained and hands it to all who want it; gives their number. */
  publish(message: Message): number {
    if (message.retain) this.retained.keep(message)
    const { direct, shared } = this.subscriptions.match(message.topic)
    let receivers = 0
    for (const [session, subscriptions] of direct) {
      const wanted = subscriptions.filter(
        ({ noLocal }) => !noLocal || session.clientId !== message.publisher,
      )
      if (wanted.length === 0) continue
      session.outbound.deliver(delivery(message, wanted))
      receivers++
    }
    for (const group of shared) {
      const next = group.next((session) => session.link !== undefined)
      if (next === undefined) continue
      const [session, subscription] = next
      session.outbound.deliver(delivery(message, [subscription]))
      receivers++
    }
    return receivers
  }

  /** Publishes the will of a client that is gone, unless it may not publish there. */
  publishWill(will: Will, client: Client): void {
    if (this.muted || !this.hooks.mayPublish(client, will.topic)) return
    const { topic, payload, qos, retain, properties } = will
    const publisher = client.clientId
    this.publish(newMessage({ topic, payload, qos, retain, properties, publisher }, this.clock))
  }

  #unsubscribeAll(session: Session): void {
    for (const filter of session.subscriptions.keys()) {
      const path = filterPath(filter)
      if (path !== undefined) this.subscriptions.remove(path, session)
    }
  }
}

/**
 * One delivery for all subscriptions of a session that match: the highest QoS that they granted, and
 * the identifiers of all (MQTT 5.0 §3.3.4).
 */
function delivery(message: Message, subscriptions: readonly Subscription[]): Delivery {
  const granted = subscriptions.reduce<0 | 1 | 2>((most, { qos }) => (qos > most ? qos : most), 0)
  return {
    message,
    qos: message.qos < granted ? message.qos : granted,
    retain: message.retain && subscriptions.some((one) => one.retainAsPublished),
    identifiers: subscriptions.flatMap(({ identifier }) => identifier ?? []),
  }
}
