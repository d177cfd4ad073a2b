import type { SubscriptionId } from './id.ts'
import type { QoS, UserProperty } from './message.ts'

/** Names of the palette; the theme gives each a tone that is readable on light and on dark. */
export const SUBSCRIPTION_COLORS = [
  'teal',
  'violet',
  'orange',
  'blue',
  'pink',
  'green',
  'red',
  'yellow',
] as const

export type SubscriptionColor = (typeof SUBSCRIPTION_COLORS)[number]

/** MQTT 5 Retain Handling (§3.8.3.1): 0 send retained, 1 only for a new subscription, 2 never. */
export type RetainHandling = 0 | 1 | 2

/** A subscription as the user keeps it. Those of MQTT 5 alone are ignored on older versions. */
export type Subscription = {
  id: SubscriptionId
  /** The topic filter, with `$share/group/` where it is shared. */
  filter: string
  qos: QoS
  color: SubscriptionColor
  /** Shown instead of the filter; empty: none. */
  alias: string
  /** A disabled one stays in the list and is not subscribed at the broker. */
  enabled: boolean
  subscriptionIdentifier?: number
  noLocal: boolean
  retainAsPublished: boolean
  retainHandling: RetainHandling
  /** Sent with SUBSCRIBE and UNSUBSCRIBE; absent: none. */
  userProperties?: UserProperty[]
}

/** What the broker said. `offline`: not asked, because there is no connection or it is disabled. */
export type Grant =
  | { state: 'offline' }
  | { state: 'pending' }
  | { state: 'granted'; qos: QoS }
  | { state: 'refused'; reasonCode: number; reasonString?: string }

/**
 * The end of a disabled one that the broker may still hold: not answered yet, or refused, so that the
 * broker keeps it (MQTT 5.0 §3.11.3).
 */
export type Ending =
  | { state: 'ending' }
  | { state: 'kept'; reasonCode: number; reasonString?: string }

export type SubscriptionStatus = { subscription: Subscription; grant: Grant | Ending }
