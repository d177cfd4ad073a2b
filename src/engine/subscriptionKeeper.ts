import { SYS_FILTER } from '@/core/brokerStatus/sysValue.ts'
import type { SubscriptionFailure } from '@/core/failure.ts'
import type { UserProperty } from '@/core/message.ts'
import type { MqttVersion } from '@/core/profile.ts'
import type { SubscriptionId } from '@/core/id.ts'
import type { LeftSession } from '@/core/leftSession.ts'
import type { Grant, Subscription, SubscriptionStatus } from '@/core/subscription.ts'
import { matchTopic } from '@/core/topic.ts'
import type { Subscriptions } from '@/storage/schema.ts'
import {
  NOTHING_HELD,
  afterEnd,
  afterGrant,
  afterAskingForEnd,
  afterListChange,
  afterRefusal,
  endingOf,
  grantOf,
  mayHold,
  planSync,
  sameRequest,
  wantedOf,
  type Held,
  type Kept,
  type Refusal,
} from './subscriptionSync.ts'
import type { SubscribeAnswer, UnsubscribeAnswer, Wire } from './wire/wire.ts'

/** What is known of the network connection; gone with it. */
type Link = {
  wire: Pick<Wire, 'subscribe' | 'unsubscribe'>
  version: MqttVersion
  /** Filters for which an answer is awaited. One question at a time for each keeps the answers in order. */
  asked: Set<string>
  refused: Map<string, Refusal>
  /** Filters whose UNSUBSCRIBE the broker refused, and that it was not asked to end again. */
  kept: Map<string, Kept>
}

/** What is asked for while a page looks at the broker's status; no user sees it. */
const STATUS: Subscription = {
  ...{ id: '' as SubscriptionId, filter: SYS_FILTER, qos: 0, enabled: true },
  ...{ color: 'teal', alias: '' },
  ...{ noLocal: false, retainAsPublished: false, retainHandling: 0 },
}

export type SubscriptionKeeperOptions = {
  subscriptions: Subscriptions
  /** Stores what it is given, in the background. */
  save: (subscriptions: Subscriptions) => void
  /** The list or what the broker said of it is another one now. */
  onChanged: () => void
  /** The broker keeps a subscription that the list has no more, so that nothing else can say it. */
  onKept: (failure: SubscriptionFailure) => void
  onUnexpected: (error: unknown) => void
}

/**
 * The subscriptions of one connection: the user's list, and what the broker's session holds of it. While
 * connected it asks the broker for the difference, at each change of either. The broker's status is one
 * subscription more, which goes and comes with the pages that look at it.
 */
export class SubscriptionKeeper {
  readonly #options: SubscriptionKeeperOptions
  #list: readonly Subscription[]
  #held: Held
  #left: LeftSession | undefined
  #link: Link | undefined
  /** The session that is open belongs to the profile as it was, so what it holds is not to be kept. */
  #isForeign = false
  #isStatusWanted = false
  /** Messages may come for the status: it is wanted, or its end is not confirmed yet. */
  #isStatusOpen = false

  constructor(options: SubscriptionKeeperOptions) {
    const { list, confirmed, toUnsubscribe, left } = options.subscriptions
    this.#options = options
    this.#list = list
    this.#held = { confirmed, toUnsubscribe }
    this.#left = left
  }

  get list(): readonly Subscription[] {
    return this.#list
  }

  /** What the connection, or the last one, leaves with the broker. */
  get left(): LeftSession | undefined {
    return this.#left
  }

  /**
   * Whether the broker's session holds, or may still hold, a subscription that brings this topic. One
   * that the broker refused to end does not count: its messages are to be seen as what nobody asks for.
   */
  mayBring(topic: string): boolean {
    const { confirmed, toUnsubscribe } = this.#held
    return (
      confirmed.some(({ filter }) => matchTopic(filter, topic)) ||
      toUnsubscribe.some((filter) => !this.#link?.kept.has(filter) && matchTopic(filter, topic))
    )
  }

  statuses(): SubscriptionStatus[] {
    const link = this.#link
    if (!link)
      return this.#list.map((each) => ({ subscription: each, grant: { state: 'offline' } }))
    const wanted = wantedOf(this.#all, link.version)
    return this.#list.map((subscription) => {
      const grant = subscription.enabled
        ? grantOf(subscription, wanted, this.#held, link.refused)
        : endingOf(subscription, wanted, this.#held, link.kept)
      return { subscription, grant }
    })
  }

  /** Subscribes to what the broker tells of itself, or ends that. A refusal is asked for once more. */
  setStatusWanted(isWanted: boolean): void {
    if (isWanted) this.#link?.refused.delete(SYS_FILTER)
    else if (!this.#isStatusWanted) return
    const before = this.#all
    this.#isStatusWanted = isWanted
    if (isWanted || !this.#link) this.#isStatusOpen = isWanted
    this.#held = afterListChange(this.#held, before, this.#all)
    this.#changed()
  }

  /** What the broker said of its status. */
  get statusGrant(): Grant {
    const link = this.#link
    if (!link || !this.#isStatusWanted) return { state: 'offline' }
    // One of the user's with the same filter speaks for it, whatever else that asks for.
    return grantOf(STATUS, wantedOf(this.#all, link.version), this.#held, link.refused)
  }

  /** Whether the broker was asked for its status and has not answered. */
  get isStatusAsked(): boolean {
    return this.#isStatusWanted && this.#link?.asked.has(SYS_FILTER) === true
  }

  get isStatusOpen(): boolean {
    return this.#isStatusOpen
  }

  /** Whether no enabled subscription of the list wants the topic, which is one of the status. */
  isForStatusAlone(topic: string): boolean {
    return !this.#list.some(({ enabled, filter }) => enabled && matchTopic(filter, topic))
  }

  /**
   * Adds a subscription at the end, or replaces the one with the same id where it is. What was refused,
   * the subscription or its end, is asked for again: saving it as it is, is how a user tries again.
   */
  save(subscription: Subscription): void {
    const known = this.#list.find(({ id }) => id === subscription.id)
    this.#link?.refused.delete(subscription.filter)
    this.#link?.kept.delete(subscription.filter)
    if (known) this.#link?.kept.delete(known.filter)
    this.#change(
      known
        ? this.#list.map((other) => (other.id === subscription.id ? subscription : other))
        : [...this.#list, subscription],
    )
  }

  /** Where the broker had refused to end it, it is asked again. */
  remove(id: SubscriptionId): void {
    const known = this.#list.find((other) => other.id === id)
    if (known) this.#link?.kept.delete(known.filter)
    this.#change(this.#list.filter((other) => other.id !== id))
  }

  /**
   * A CONNACK has come. Without a session that was kept, the broker holds nothing of ours; `left` is what
   * stays there of the one that is now open if this engine dies.
   */
  connected(
    wire: Link['wire'],
    version: MqttVersion,
    sessionPresent: boolean,
    left?: LeftSession,
  ): void {
    this.#link = { wire, version, asked: new Set(), refused: new Map(), kept: new Map() }
    if (!sessionPresent) this.#held = NOTHING_HELD
    // What an earlier page has left in the session brings messages until its end is confirmed.
    this.#isStatusOpen = this.#isStatusWanted || mayHold(this.#held, SYS_FILTER)
    this.#left = left
    this.#changed()
  }

  /** The connection is over; `left` is what its end has left with the broker, where that is known better. */
  disconnected(left = this.#left): void {
    if (!this.#link) return
    this.#link = undefined
    this.#isStatusOpen = this.#isStatusWanted
    this.#left = left
    if (this.#isForeign) this.#forget()
    this.#isForeign = false
    this.#save()
    this.#options.onChanged()
  }

  /** The profile names another broker or client id now, so the next session is another one. */
  forgetSession(): void {
    if (this.#link) this.#isForeign = true
    else this.#forget()
    this.#save()
  }

  get #all(): readonly Subscription[] {
    return this.#isStatusWanted ? [...this.#list, STATUS] : this.#list
  }

  #forget(): void {
    this.#held = NOTHING_HELD
    this.#left = undefined
  }

  #change(list: readonly Subscription[]): void {
    const before = this.#all
    this.#list = list
    this.#held = afterListChange(this.#held, before, this.#all)
    this.#changed()
  }

  #changed(): void {
    this.#sync()
    this.#save()
    this.#options.onChanged()
  }

  #save(): void {
    const list = [...this.#list]
    if (this.#isForeign) this.#options.save({ list, ...NOTHING_HELD })
    else {
      this.#options.save({ list, ...this.#held, ...(this.#left && { left: this.#left }) })
    }
  }

  /** Asks the broker for what is missing and for the end of what is too much. */
  #sync(): void {
    const link = this.#link
    if (!link) return
    const plan = planSync(wantedOf(this.#all, link.version), this.#held)
    const unsubscribe = plan.unsubscribe.filter(
      (filter) => !link.asked.has(filter) && !link.kept.has(filter),
    )
    const subscribe = plan.subscribe.filter(
      ({ filter, request }) =>
        !link.asked.has(filter) && !sameRequest(link.refused.get(filter)?.request, request),
    )
    if (unsubscribe.length > 0) {
      const ends = unsubscribe.map((filter) => this.#endOf(filter))
      this.#held = afterAskingForEnd(this.#held, unsubscribe)
      this.#ask(link, unsubscribe, link.wire.unsubscribe(ends), (filter, _i, answer) =>
        this.#unsubscribed(link, filter, answer),
      )
    }
    if (subscribe.length > 0) {
      const filters = subscribe.map(({ filter }) => filter)
      this.#ask(link, filters, link.wire.subscribe(subscribe), (filter, i, answer) => {
        const request = subscribe[i]?.request
        if (request) this.#subscribed(link, filter, request, answer)
      })
    }
  }

  /** Its UNSUBSCRIBE carries what its SUBSCRIBE did, as long as that is known. */
  #endOf(filter: string): { filter: string; userProperties?: UserProperty[] | undefined } {
    const held = this.#held.confirmed.find((other) => other.filter === filter)
    return { filter, userProperties: held?.request.userProperties }
  }

  #ask<Answer>(
    link: Link,
    filters: readonly string[],
    answers: Promise<Answer[]>,
    take: (filter: string, index: number, answer: Answer) => void,
  ): void {
    for (const filter of filters) link.asked.add(filter)
    const settle = (all: Answer[]) => {
      if (link !== this.#link) return
      all.forEach((answer, i) => {
        const filter = filters[i]
        if (filter === undefined) return
        link.asked.delete(filter)
        take(filter, i, answer)
      })
      this.#changed()
    }
    answers.then(settle).catch((error: unknown) => this.#options.onUnexpected(error))
  }

  #subscribed(
    link: Link,
    filter: string,
    request: Refusal['request'],
    answer: SubscribeAnswer,
  ): void {
    link.refused.delete(filter)
    // What is held now is another subscription, whose end was not refused.
    link.kept.delete(filter)
    if (answer.state === 'granted') {
      this.#held = afterGrant(this.#held, filter, request, answer.qos)
    } else if (answer.state === 'refused') {
      link.refused.set(filter, { request, grant: answer })
      this.#held = afterRefusal(this.#held, filter)
    } else link.asked.add(filter)
  }

  #unsubscribed(link: Link, filter: string, answer: UnsubscribeAnswer): void {
    if (answer.state === 'confirmed') {
      this.#held = afterEnd(this.#held, filter)
      if (filter === SYS_FILTER) this.#isStatusOpen = this.#isStatusWanted
    } else if (answer.state === 'refused') this.#kept(link, filter, answer)
    // The connection is about to end; asking again would only be unanswered again.
    else link.asked.add(filter)
  }

  #kept(
    link: Link,
    filter: string,
    answer: Extract<UnsubscribeAnswer, { state: 'refused' }>,
  ): void {
    link.kept.set(filter, { ...answer, state: 'kept' })
    const isListed = this.#list.some((each) => each.filter === filter)
    // What the status alone has asked for, nobody sees.
    const isOfStatus = filter === SYS_FILTER && this.#isStatusOpen
    if (isListed || isOfStatus) return
    const { reasonCode, reasonString } = answer
    this.#options.onKept({
      ...{ code: 'unsubscribe-refused', filter, reasonCode },
      ...(reasonString !== undefined && { reasonString }),
    })
  }
}
