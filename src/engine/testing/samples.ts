import type { ConnectionId, SubscriptionId } from '@/core/id.ts'
import { newProfile, type Profile } from '@/core/profile.ts'
import type { Subscription } from '@/core/subscription.ts'

let made = 0

/** A profile for a broker on this machine. Each has an id and a client id of its own. */
export function testProfile(port: number, differences: Partial<Profile> = {}): Profile {
  made += 1
  const id = made.toString(16).padStart(16, '0') as ConnectionId
  const broker = { scheme: 'ws', host: '127.0.0.1', port, path: '/mqtt' } as const
  return { ...newProfile(id, `client-${made}`, broker, made), name: `P${made}`, ...differences }
}

/** An enabled subscription with QoS 0 and an id of its own. */
export function testSubscription(
  filter: string,
  differences: Partial<Subscription> = {},
): Subscription {
  made += 1
  const id = made.toString(16).padStart(16, '0') as SubscriptionId
  const flags = { noLocal: false, retainAsPublished: false, retainHandling: 0 } as const
  return { id, filter, qos: 0, color: 'teal', alias: '', enabled: true, ...flags, ...differences }
}
