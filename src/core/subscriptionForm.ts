import type { SubscriptionId } from './id.ts'
import type { QoS, UserProperty } from './message.ts'
import { rowsIssue, type RowIssue } from './profileForm/textIssue.ts'
import type { MqttVersion } from './profile.ts'
import type { ServerLimits } from './session.ts'
import {
  SUBSCRIPTION_COLORS,
  type RetainHandling,
  type Subscription,
  type SubscriptionColor,
} from './subscription.ts'
import { filterIssue, overlaps, parseShared, type TopicIssue } from './topic.ts'

/** The largest Subscription Identifier (MQTT 5.0 §3.8.2.1.2); 0 is not allowed. */
export const MAX_SUBSCRIPTION_IDENTIFIER = 268_435_455

/** What stands in the fields of the subscription dialog, valid or not. */
export type SubscriptionFields = {
  filter: string
  qos: QoS
  color: SubscriptionColor
  alias: string
  /** As typed; empty: none. */
  subscriptionIdentifier: string
  noLocal: boolean
  retainAsPublished: boolean
  retainHandling: RetainHandling
  userProperties: UserProperty[]
}

/** What the fields are judged by. `limits` are those of the broker, while it is connected. */
export type SubscriptionContext = {
  others: readonly Subscription[]
  version: MqttVersion
  limits?: ServerLimits | undefined
}

export type FilterIssue =
  | TopicIssue
  /** A broker knows a subscription by its filter, so a second one would only replace the first. */
  | { code: 'duplicate'; other: Subscription }
  /** The broker said in its CONNACK that it would answer this with a DISCONNECT (§3.2.2.3). */
  | { code: 'wildcards-not-supported' }
  | { code: 'shared-not-supported' }

export type IdentifierIssue = { code: 'out-of-range' } | { code: 'identifiers-not-supported' }

export type SubscriptionIssues = {
  filter?: FilterIssue
  subscriptionIdentifier?: IdentifierIssue
  userProperties?: RowIssue
}

/** The fields of a new subscription beside these: QoS 0, and the colour that is used least. */
export function blankFields(others: readonly Subscription[]): SubscriptionFields {
  return {
    filter: '',
    qos: 0,
    color: nextColor(others),
    alias: '',
    subscriptionIdentifier: '',
    noLocal: false,
    retainAsPublished: false,
    retainHandling: 0,
    userProperties: [],
  }
}

/** The fields that show a subscription. */
export function fieldsOf(subscription: Subscription): SubscriptionFields {
  return {
    filter: subscription.filter,
    qos: subscription.qos,
    color: subscription.color,
    alias: subscription.alias,
    subscriptionIdentifier: subscription.subscriptionIdentifier?.toString() ?? '',
    noLocal: subscription.noLocal,
    retainAsPublished: subscription.retainAsPublished,
    retainHandling: subscription.retainHandling,
    userProperties: subscription.userProperties ?? [],
  }
}

/** What keeps the fields from being a subscription; nothing when they are one. */
export function checkFields(
  fields: SubscriptionFields,
  context: SubscriptionContext,
): SubscriptionIssues {
  const filter = checkFilter(fields.filter, context)
  const identifier = checkIdentifier(fields.subscriptionIdentifier, context)
  const rows = context.version === '5.0' ? rowsIssue(fields.userProperties) : undefined
  return {
    ...(filter && { filter }),
    ...(identifier && { subscriptionIdentifier: identifier }),
    ...(rows && { userProperties: rows }),
  }
}

/**
 * The subscription that the fields describe, once `checkFields` finds nothing. A shared one is never
 * No Local, which would be a protocol error (MQTT 5.0 §3.8.3.1).
 */
export function subscriptionOf(
  fields: SubscriptionFields,
  id: SubscriptionId,
  enabled: boolean,
): Subscription {
  const { subscriptionIdentifier: typed, userProperties, ...rest } = fields
  const identifier = typed.trim() === '' ? undefined : Number(typed)
  return {
    ...rest,
    id,
    enabled,
    alias: fields.alias.trim(),
    noLocal: fields.noLocal && !isShared(fields.filter),
    ...(identifier !== undefined && { subscriptionIdentifier: identifier }),
    ...(userProperties.length > 0 && { userProperties }),
  }
}

/** Whether a filter asks for a shared subscription, also while it is still being typed. */
export function isShared(filter: string): boolean {
  return filter.startsWith('$share/')
}

/** The enabled subscriptions through which a message for `filter` may arrive once more. */
export function overlapping(filter: string, others: readonly Subscription[]): Subscription[] {
  if (filterIssue(filter)) return []
  return others.filter((other) => other.enabled && overlaps(filter, other.filter))
}

/** The colour that the fewest of these have; among equals the first of the palette. */
export function nextColor(subscriptions: readonly Subscription[]): SubscriptionColor {
  const uses = (color: SubscriptionColor) =>
    subscriptions.filter((subscription) => subscription.color === color).length
  return SUBSCRIPTION_COLORS.reduce((best, color) => (uses(color) < uses(best) ? color : best))
}

function checkFilter(filter: string, context: SubscriptionContext): FilterIssue | undefined {
  const issue = filterIssue(filter)
  if (issue) return issue
  const other = context.others.find((each) => each.filter === filter)
  if (other) return { code: 'duplicate', other }
  const { limits } = context
  if (!limits) return undefined
  if (isShared(filter) && !limits.sharedAvailable) return { code: 'shared-not-supported' }
  const pattern = parseShared(filter)?.filter ?? filter
  const hasWildcard = /[+#]/.test(pattern)
  return hasWildcard && !limits.wildcardAvailable ? { code: 'wildcards-not-supported' } : undefined
}

function checkIdentifier(
  typed: string,
  { version, limits }: SubscriptionContext,
): IdentifierIssue | undefined {
  const text = typed.trim()
  if (version !== '5.0' || text === '') return undefined
  const isNumber = /^[0-9]{1,9}$/.test(text)
  const identifier = Number(text)
  if (!isNumber || identifier < 1 || identifier > MAX_SUBSCRIPTION_IDENTIFIER) {
    return { code: 'out-of-range' }
  }
  const supported = limits?.subscriptionIdentifiersAvailable ?? true
  return supported ? undefined : { code: 'identifiers-not-supported' }
}
