import type { StorageFailure } from '@/core/failure.ts'
import type { ConnectionId, SubscriptionId } from '@/core/id.ts'
import type { LeftSession } from '@/core/leftSession.ts'
import { SUBSCRIPTION_COLORS } from '@/core/subscription.ts'
import type { Subscription } from '@/core/subscription.ts'
import { commit, guard } from './database.ts'
import type { Database, Loaded } from './database.ts'
import { countOr, fieldsOf, flagOr, listOf, oneOf, present, textOr } from './fields.ts'
import { readUserProperty } from './profile.ts'
import type {
  ConfirmedSubscription,
  SubscriptionRecord,
  SubscriptionRequest,
  Subscriptions,
} from './schema.ts'

const QOS = [0, 1, 2] as const

/** Reads the subscriptions of a connection; empty where there are none. Rejects with a StorageError. */
export async function readSubscriptions(
  database: Database,
  connection: ConnectionId,
): Promise<Loaded<Subscriptions>> {
  const stored = await guard('subscriptions', () => database.get('subscriptions', connection))
  const { unreadable, ...value } = readRecord(stored)
  const issues = unreadable.length === 0 ? [] : [issueOf(connection, unreadable.length)]
  return { value, issues }
}

/** Replaces the subscriptions of a connection, and keeps what could not be read of the old ones. */
export async function saveSubscriptions(
  database: Database,
  connection: ConnectionId,
  subscriptions: Subscriptions,
): Promise<void> {
  await commit(database, 'subscriptions', async (transaction) => {
    const store = transaction.objectStore('subscriptions')
    const { unreadable } = readRecord(await store.get(connection))
    await store.put({ ...subscriptions, unreadable }, connection)
  })
}

function readRecord(value: unknown): SubscriptionRecord {
  const fields = fieldsOf(value)
  const nothing = { list: [], confirmed: [], toUnsubscribe: [] }
  if (!fields) return { ...nothing, unreadable: value === undefined ? [] : [value] }
  const broken = listOf(fields['list'], (item) => (readSubscription(item) ? undefined : item))
  return {
    list: listOf(fields['list'], readSubscription),
    confirmed: listOf(fields['confirmed'], readConfirmed),
    toUnsubscribe: listOf(fields['toUnsubscribe'], (item) => textOr(item, undefined)),
    ...present<Pick<Subscriptions, 'left'>>({ left: readLeft(fields) }),
    unreadable: [...listOf(fields['unreadable'], (item) => item), ...broken],
  }
}

/** Builds before this field knew of sessions that were to be kept alone, as `hasSession`. */
function readLeft({ left, hasSession }: Record<string, unknown>): LeftSession | undefined {
  const fields = fieldsOf(left)
  const state = hasSession === true ? 'kept' : fields?.['state']
  if (state === 'ended') return { state }
  if (state !== 'kept') return undefined
  return present<LeftSession>({ state, expiresAt: countOr(fields?.['expiresAt'], undefined) })
}

function readSubscription(value: unknown): Subscription | undefined {
  const fields = fieldsOf(value)
  const id = textOr(fields?.['id'], undefined) as SubscriptionId | undefined
  const filter = textOr(fields?.['filter'], undefined)
  if (!fields || id === undefined || filter === undefined) return undefined
  return {
    ...readRequest(fields),
    id,
    filter,
    color: oneOf(fields['color'], SUBSCRIPTION_COLORS, SUBSCRIPTION_COLORS[0]),
    alias: textOr(fields['alias'], ''),
    enabled: flagOr(fields['enabled'], true),
  }
}

function readConfirmed(value: unknown): ConfirmedSubscription | undefined {
  const fields = fieldsOf(value)
  const filter = textOr(fields?.['filter'], undefined)
  const request = readRequest(fields?.['request'])
  return filter === undefined
    ? undefined
    : { filter, request, granted: oneOf(fields?.['granted'], QOS, request.qos) }
}

function readRequest(value: unknown): SubscriptionRequest {
  const fields = fieldsOf(value) ?? {}
  return present<SubscriptionRequest>({
    qos: oneOf(fields['qos'], QOS, 0),
    noLocal: flagOr(fields['noLocal'], false),
    retainAsPublished: flagOr(fields['retainAsPublished'], false),
    retainHandling: oneOf(fields['retainHandling'], QOS, 0),
    subscriptionIdentifier: countOr(fields['subscriptionIdentifier'], undefined),
    userProperties: Array.isArray(fields['userProperties'])
      ? listOf(fields['userProperties'], readUserProperty)
      : undefined,
  })
}

function issueOf(connection: ConnectionId, count: number): StorageFailure {
  const detail = `${count} subscriptions of the connection ${connection} cannot be read; they are kept`
  return { code: 'storage', what: 'subscriptions', cause: 'other', detail }
}
