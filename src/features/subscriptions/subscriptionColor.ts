import type { SubscriptionColor } from '@/core/subscription.ts'

/** The ground in a subscription's colour. Written out, because Tailwind looks for whole names. */
export const COLOR_GROUNDS: Record<SubscriptionColor, string> = {
  teal: 'bg-sub-teal',
  violet: 'bg-sub-violet',
  orange: 'bg-sub-orange',
  blue: 'bg-sub-blue',
  pink: 'bg-sub-pink',
  green: 'bg-sub-green',
  red: 'bg-sub-red',
  yellow: 'bg-sub-yellow',
}
