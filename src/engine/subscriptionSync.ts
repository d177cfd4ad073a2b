/**
 * What must be said to the broker so that its session holds what the user's list wants. All of it is
 * data in and data out; `subscriptionKeeper.ts` does the talking.
 */
import type { QoS } from '@/core/message.ts'
import type { MqttVersion } from '@/core/profile.ts'
import type { Ending, Grant, Subscription } from '@/core/subscription.ts'
import type { SubscriptionRequest, Subscriptions } from '@/storage/schema.ts'

/** What the broker's session is known to hold, and what it may hold and should not. */
export type Held = Pick<Subscriptions, 'confirmed' | 'toUnsubscribe'>

/** One request for each filter: a session has no more than one (MQTT 5.0 §3.8.4). */
export type Wanted = ReadonlyMap<string, SubscriptionRequest>

export const NOTHING_HELD: Held = { confirmed: [], toUnsubscribe: [] }

/**
 * What a list asks for. Where several enabled subscriptions have one filter, the first of those with
 * the highest QoS speaks for all of them, so none gets less than it would alone.
 */
export function wantedOf(list: readonly Subscription[], version: MqttVersion): Wanted {
  const wanted = new Map<string, SubscriptionRequest>()
  for (const subscription of list) {
    const rival = wanted.get(subscription.filter)
    if (!subscription.enabled || (rival && rival.qos >= subscription.qos)) continue
    wanted.set(subscription.filter, requestOf(subscription, version))
  }
  return wanted
}

/** The filters to unsubscribe and the requests to send, in the order of the list. */
export function planSync(
  wanted: Wanted,
  { confirmed, toUnsubscribe }: Held,
): { unsubscribe: string[]; subscribe: { filter: string; request: SubscriptionRequest }[] } {
  const held = new Map(confirmed.map(({ filter, request }) => [filter, request]))
  const unwanted = [...toUnsubscribe, ...held.keys()].filter((filter) => !wanted.has(filter))
  const missing = [...wanted].filter(([filter, request]) => !sameRequest(held.get(filter), request))
  return {
    unsubscribe: [...new Set(unwanted)],
    subscribe: missing.map(([filter, request]) => ({ filter, request })),
  }
}

/**
 * After the list changed. A filter that nobody wants any more must be unsubscribed even where no grant
 * is known: a SUBSCRIBE may be on its way, or its answer may have been lost.
 */
export function afterListChange(
  held: Held,
  before: readonly Subscription[],
  now: readonly Subscription[],
): Held {
  const wanted = enabledFilters(now)
  const left = [...enabledFilters(before), ...held.toUnsubscribe]
  return { ...held, toUnsubscribe: [...new Set(left.filter((filter) => !wanted.has(filter)))] }
}

export function afterGrant(
  { confirmed, toUnsubscribe }: Held,
  filter: string,
  request: SubscriptionRequest,
  granted: QoS,
): Held {
  const others = confirmed.filter((other) => other.filter !== filter)
  return { confirmed: [...others, { filter, request, granted }], toUnsubscribe }
}

/**
 * The broker refused what was asked for. It may still hold an older subscription of the filter, so the
 * filter stays in `toUnsubscribe` if it is there.
 */
export function afterRefusal({ confirmed, toUnsubscribe }: Held, filter: string): Held {
  return { confirmed: confirmed.filter((other) => other.filter !== filter), toUnsubscribe }
}

/** UNSUBSCRIBE is on its way: until it is answered the broker may hold these filters or not. */
export function afterAskingForEnd({ confirmed, toUnsubscribe }: Held, filters: string[]): Held {
  return {
    confirmed: confirmed.filter(({ filter }) => !filters.includes(filter)),
    toUnsubscribe: [...new Set([...toUnsubscribe, ...filters])],
  }
}

/** The broker confirmed that it holds no subscription of this filter. */
export function afterEnd({ confirmed, toUnsubscribe }: Held, filter: string): Held {
  return {
    confirmed: confirmed.filter((other) => other.filter !== filter),
    toUnsubscribe: toUnsubscribe.filter((other) => other !== filter),
  }
}

/** A refusal holds for this network connection, and for what was asked. */
export type Refusal = { request: SubscriptionRequest; grant: Extract<Grant, { state: 'refused' }> }

/** The broker's refusal to end a subscription; it holds for this network connection. */
export type Kept = Extract<Ending, { state: 'kept' }>

/** Whether the broker's session holds a subscription of this filter, or may still do so. */
export function mayHold({ confirmed, toUnsubscribe }: Held, filter: string): boolean {
  return toUnsubscribe.includes(filter) || confirmed.some((held) => held.filter === filter)
}

/**
 * What is known of a disabled subscription of the list, while connected. Where another one has the
 * broker hold the filter, there is nothing to end.
 */
export function endingOf(
  { filter }: Subscription,
  wanted: Wanted,
  held: Held,
  kept: ReadonlyMap<string, Kept>,
): Ending | Extract<Grant, { state: 'offline' }> {
  if (wanted.has(filter) || !mayHold(held, filter)) return { state: 'offline' }
  return kept.get(filter) ?? { state: 'ending' }
}

/** What the broker said of an enabled subscription of the list, while connected. */
export function grantOf(
  { filter }: Subscription,
  wanted: Wanted,
  { confirmed }: Held,
  refused: ReadonlyMap<string, Refusal>,
): Grant {
  const request = wanted.get(filter)
  const refusal = refused.get(filter)
  if (refusal && sameRequest(refusal.request, request)) return refusal.grant
  const held = confirmed.find((other) => other.filter === filter)
  return held && sameRequest(held.request, request)
    ? { state: 'granted', qos: held.granted }
    : { state: 'pending' }
}

export function sameRequest(
  one: SubscriptionRequest | undefined,
  other: SubscriptionRequest | undefined,
): boolean {
  return (
    one !== undefined &&
    other !== undefined &&
    one.qos === other.qos &&
    one.noLocal === other.noLocal &&
    one.retainAsPublished === other.retainAsPublished &&
    one.retainHandling === other.retainHandling &&
    one.subscriptionIdentifier === other.subscriptionIdentifier &&
    JSON.stringify(one.userProperties) === JSON.stringify(other.userProperties)
  )
}

function enabledFilters(list: readonly Subscription[]): Set<string> {
  return new Set(list.filter(({ enabled }) => enabled).map(({ filter }) => filter))
}

/** Before MQTT 5 there was nothing but the QoS. */
function requestOf(subscription: Subscription, version: MqttVersion): SubscriptionRequest {
  const { qos, noLocal, retainAsPublished, retainHandling, subscriptionIdentifier } = subscription
  if (version !== '5.0') {
    return { qos, noLocal: false, retainAsPublished: false, retainHandling: 0 }
  }
  const { userProperties } = subscription
  return {
    ...{ qos, noLocal, retainAsPublished, retainHandling },
    ...(subscriptionIdentifier !== undefined && { subscriptionIdentifier }),
    ...(userProperties && { userProperties }),
  }
}
