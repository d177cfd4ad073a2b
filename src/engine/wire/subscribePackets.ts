import type { UserProperty } from '@/core/message.ts'
import type { ServerLimits } from '@/core/session.ts'
import { utf8Length } from '@/core/text.ts'
import { filterIssue, parseShared } from '@/core/topic.ts'
import type { Bytes } from '@/core/units.ts'
import type { SubscriptionRequest } from '@/storage/schema.ts'

export type FilterRequest = { filter: string; request: SubscriptionRequest }

/** A filter that shall end, and what its UNSUBSCRIBE carries besides on MQTT 5. */
export type EndRequest = { filter: string; userProperties?: UserProperty[] | undefined }

/** One SUBSCRIBE: requests that share a subscription identifier and user properties, or have neither. */
export type SubscribePacket = {
  requests: FilterRequest[]
  subscriptionIdentifier: number | undefined
  userProperties: UserProperty[] | undefined
}

/** One UNSUBSCRIBE. */
export type UnsubscribePacket = { filters: string[]; userProperties: UserProperty[] | undefined }

/** The fixed header at its longest, the packet identifier, and the properties at their longest. */
const OVERHEAD: Bytes = 5 + 2 + 4 + 5

/**
 * The reason code with which a server of these limits would refuse the filter, or end the connection, so
 * that it is not even asked; undefined when it may be (MQTT 5.0 §3.8.3.1, §3.2.2.3).
 */
export function subscribeRefusal(
  { filter, request }: FilterRequest,
  limits: ServerLimits,
): number | undefined {
  if (filterIssue(filter)) return 0x8f
  const shared = parseShared(filter)
  if (shared && !limits.sharedAvailable) return 0x9e
  if (!limits.wildcardAvailable && /[+#]/.test(filter)) return 0xa2
  if (request.subscriptionIdentifier !== undefined && !limits.subscriptionIdentifiersAvailable) {
    return 0xa1
  }
  return isTooLarge(filter, request.userProperties, limits) ? 0x95 : undefined
}

/** As `subscribeRefusal`, for UNSUBSCRIBE. */
export function unsubscribeRefusal(
  { filter, userProperties }: EndRequest,
  limits: ServerLimits,
): number | undefined {
  if (filterIssue(filter)) return 0x8f
  return isTooLarge(filter, userProperties, limits) ? 0x95 : undefined
}

/**
 * Puts the requests into as few packets as the server's limits and the properties allow. Where a filter is
 * in them twice, the last one counts.
 */
export function subscribePackets(
  requests: readonly FilterRequest[],
  limits: ServerLimits,
): SubscribePacket[] {
  const latest = [...new Map(requests.map((wanted) => [wanted.filter, wanted])).values()]
  const groups = groupsOf(latest, ({ request }) => [
    request.subscriptionIdentifier,
    request.userProperties,
  ])
  return groups.flatMap((group) => {
    const { subscriptionIdentifier, userProperties } = group[0]?.request ?? {}
    return packs(group, userProperties, limits).map((pack) => ({
      ...{ requests: pack, subscriptionIdentifier, userProperties },
    }))
  })
}

/** Filters cut into as few UNSUBSCRIBE packets as the server's limits and the properties allow. */
export function unsubscribePackets(
  requests: readonly EndRequest[],
  limits: ServerLimits,
): UnsubscribePacket[] {
  const latest = [...new Map(requests.map((wanted) => [wanted.filter, wanted])).values()]
  return groupsOf(latest, ({ userProperties }) => userProperties).flatMap((group) => {
    const userProperties = group[0]?.userProperties
    return packs(group, userProperties, limits).map((pack) => ({
      ...{ filters: pack.map(({ filter }) => filter), userProperties },
    }))
  })
}

/** Those of one key together, in the order of their first. */
function groupsOf<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): Item[][] {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = JSON.stringify(keyOf(item) ?? null)
    groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups.values()]
}

function packs<Item extends { filter: string }>(
  items: readonly Item[],
  userProperties: readonly UserProperty[] | undefined,
  { maximumPacketSize = Infinity }: ServerLimits,
): Item[][] {
  const empty = OVERHEAD + propertySize(userProperties)
  const all: Item[][] = []
  let pack: Item[] = []
  let size = empty
  for (const item of items) {
    const itemSize = sizeOf(item.filter)
    if (pack.length > 0 && size + itemSize > maximumPacketSize) {
      all.push(pack)
      pack = []
      size = empty
    }
    pack.push(item)
    size += itemSize
  }
  return pack.length > 0 ? [...all, pack] : all
}

function isTooLarge(
  filter: string,
  userProperties: readonly UserProperty[] | undefined,
  { maximumPacketSize = Infinity }: ServerLimits,
): boolean {
  return OVERHEAD + propertySize(userProperties) + sizeOf(filter) > maximumPacketSize
}

/** A filter in a packet: its length, its bytes, and in SUBSCRIBE its options. */
function sizeOf(filter: string): Bytes {
  return 2 + utf8Length(filter) + 1
}

function propertySize(properties: readonly UserProperty[] = []): Bytes {
  return properties.reduce((sum, { name, value }) => sum + 5 + utf8Length(name + value), 0)
}
