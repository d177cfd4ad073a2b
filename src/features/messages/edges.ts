import type { SubscriptionId } from '@/core/id.ts'
import type { SubscriptionColor, SubscriptionStatus } from '@/core/subscription.ts'

/** How a subscription marks its messages. */
export type Edge = { color: SubscriptionColor; name: string }

/** Tailwind finds class names only when they stand somewhere in full. */
export const EDGE_CLASSES: Record<SubscriptionColor, string> = {
  teal: 'bg-sub-teal',
  violet: 'bg-sub-violet',
  orange: 'bg-sub-orange',
  blue: 'bg-sub-blue',
  pink: 'bg-sub-pink',
  green: 'bg-sub-green',
  red: 'bg-sub-red',
  yellow: 'bg-sub-yellow',
}

/** The marks of all subscriptions of a connection. */
export function edgesOf(subscriptions: readonly SubscriptionStatus[]): Map<SubscriptionId, Edge> {
  return new Map(
    subscriptions.map(({ subscription: { id, color, alias, filter } }) => [
      id,
      { color, name: alias || filter },
    ]),
  )
}
