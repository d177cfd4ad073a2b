import type { DBSchema } from 'idb'
import type { Draft } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { LeftSession } from '@/core/leftSession.ts'
import type { QoS, UserProperty } from '@/core/message.ts'
import type { Profile } from '@/core/profile.ts'
import type { Settings } from '@/core/settings.ts'
import type { RetainHandling, Subscription } from '@/core/subscription.ts'
import type { EpochMs } from '@/core/units.ts'

export type StoredProfile = {
  profile: Profile
  /** When the user deleted it; it can be brought back until it is removed for good. */
  deletedAt?: EpochMs
}

/** `position` says in which order profiles were made, which two times may not tell. */
export type ProfileRecord = StoredProfile & { position: number }

/** What SUBSCRIBE asks of the broker for one filter (MQTT 5.0 §3.8.3). */
export type SubscriptionRequest = {
  qos: QoS
  noLocal: boolean
  retainAsPublished: boolean
  retainHandling: RetainHandling
  subscriptionIdentifier?: number
  userProperties?: UserProperty[]
}

/**
 * A subscription that the broker's session holds, because it granted it and has not confirmed its end.
 * A session has at most one for each filter (MQTT 5.0 §3.8.4), so the filter names it.
 */
export type ConfirmedSubscription = {
  filter: string
  /** As it was asked for; where the user's list asks for something else now, it must be sent again. */
  request: SubscriptionRequest
  granted: QoS
}

/**
 * The subscriptions of one connection: what the user wants, and what the broker's session is known to
 * hold. After a CONNACK with session present the difference is what must be sent; without it,
 * `confirmed` and `toUnsubscribe` are void. They belong to one client id at one broker, so they are
 * void as well when the profile changes either.
 */
export type Subscriptions = {
  /** In the order of the list on the screen. */
  list: Subscription[]
  confirmed: ConfirmedSubscription[]
  /** Filters that the user removed, disabled or changed while the broker could not be told. */
  toUnsubscribe: string[]
  /** What the last connection left with the broker; absent: nothing is known of one. */
  left?: LeftSession
}

/** `unreadable` are items of the list that this build does not understand, and gives back unchanged. */
export type SubscriptionRecord = Subscriptions & { unreadable: unknown[] }

/** `lastAlive`: when the engine last said that it was listening; after a restart the gap begins there. */
export type WantedRecord = { lastAlive: EpochMs }

export const STORES = ['profiles', 'subscriptions', 'drafts', 'settings', 'wanted'] as const

/** What this build writes. An older one may have written less, so reading trusts none of it. */
export type Schema = DBSchema & {
  profiles: { key: ConnectionId; value: ProfileRecord }
  subscriptions: { key: ConnectionId; value: SubscriptionRecord }
  drafts: { key: ConnectionId; value: Draft }
  /** Single records: the settings, and which connection connected last. */
  settings: { key: 'settings' | 'lastConnected'; value: Settings | ConnectionId }
  wanted: { key: ConnectionId; value: WantedRecord }
}
