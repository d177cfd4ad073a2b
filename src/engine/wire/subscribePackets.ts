import type { ServerLimits } from '@/core/session.ts'
import { utf8Length } from '@/core/text.ts'
import { filterIssue, parseShared } from '@/core/topic.ts'
import type { Bytes } from '@/core/units.ts'
import type { SubscriptionRequest } from '@/storage/schema.ts'

export type FilterRequest = { filter: string; request: SubscriptionRequest }

/**
 * One SUBSCRIBE: the requests by filter, in the order of the packet, and a subscription identifier that
 * all of them share, or none.
 */
export type SubscribePacket = {
  subscriptions: Map<string, SubscriptionRequest>
  identifier: number | undefined
}

/** MQTT.js gets filters as the names of an object, and takes this one for an option of its own. */
const MISUNDERSTOOD = 'resubscribe'

/** The fixed header at its longest, the packet identifier, and the properties at their longest. */
const OVERHEAD: Bytes = 5 + 2 + 6

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
  return isTooLarge(filter, limits) ? 0x95 : undefined
}

/** As `subscribeRefusal`, for UNSUBSCRIBE. */
export function unsubscribeRefusal(filter: string, limits: ServerLimits): number | undefined {
  if (filterIssue(filter)) return 0x8f
  return isTooLarge(filter, limits) ? 0x95 : undefined
}

/** Puts the requests into as few packets as the server's limits and the identifiers allow. */
export function subscribePackets(
  requests: readonly FilterRequest[],
  limits: ServerLimits,
): SubscribePacket[] {
  const groups = new Map<string, FilterRequest[]>()
  for (const wanted of requests) {
    const key = `${wanted.request.subscriptionIdentifier} ${wanted.filter === MISUNDERSTOOD}`
    groups.set(key, [...(groups.get(key) ?? []), wanted])
  }
  return [...groups.values()].flatMap((group) =>
    packs(group, ({ filter }) => filter, limits).map((pack) => ({
      subscriptions: inPacketOrder(pack),
      identifier: pack[0]?.request.subscriptionIdentifier,
    })),
  )
}

/** The names of an object come with those first that look like a number, and so they do in the packet. */
function inPacketOrder(pack: readonly FilterRequest[]): Map<string, SubscriptionRequest> {
  const named = Object.fromEntries(pack.map(({ filter, request }) => [filter, request]))
  return new Map(Object.entries(named))
}

/** Filters cut into as few UNSUBSCRIBE packets as the server's limits allow. */
export function unsubscribePackets(filters: readonly string[], limits: ServerLimits): string[][] {
  return packs(filters, (filter) => filter, limits)
}

function packs<Item>(
  items: readonly Item[],
  filterOf: (item: Item) => string,
  { maximumPacketSize = Infinity }: ServerLimits,
): Item[][] {
  const all: Item[][] = []
  let pack: Item[] = []
  let size = OVERHEAD
  for (const item of items) {
    const itemSize = sizeOf(filterOf(item))
    if (pack.length > 0 && size + itemSize > maximumPacketSize) {
      all.push(pack)
      pack = []
      size = OVERHEAD
    }
    pack.push(item)
    size += itemSize
  }
  return pack.length > 0 ? [...all, pack] : all
}

function isTooLarge(filter: string, { maximumPacketSize = Infinity }: ServerLimits): boolean {
  return OVERHEAD + sizeOf(filter) > maximumPacketSize
}

/** A filter in a packet: its length, its bytes, and in SUBSCRIBE its options. */
function sizeOf(filter: string): Bytes {
  return 2 + utf8Length(filter) + 1
}
