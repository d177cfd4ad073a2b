/** What the tests of this room share. */
import type { ConnectionId, SubscriptionId } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import type { Profile } from '@/core/profile.ts'
import type { Subscription } from '@/core/subscription.ts'
import { openDatabase } from './database.ts'
import type { Database, DatabaseEvents } from './database.ts'
import { STORES } from './schema.ts'

export const one = '1'.repeat(16) as ConnectionId
export const two = '2'.repeat(16) as ConnectionId
export const three = '3'.repeat(16) as ConnectionId

/** A profile with the given differences from a plain one. */
export function profile(id: ConnectionId, differences: Partial<Profile> = {}): Profile {
  const broker = { scheme: 'wss', host: 'broker.example.com', port: 8084, path: '/mqtt' } as const
  return { ...newProfile(id, 'mqtab_01234567', broker, 1_700_000_000_000), ...differences }
}

/** A subscription with the given differences from a plain one. */
export function subscription(differences: Partial<Subscription> = {}): Subscription {
  return {
    id: 'a'.repeat(16) as SubscriptionId,
    filter: 'sensor/+/temperature',
    qos: 0,
    color: 'teal',
    alias: '',
    enabled: true,
    noLocal: false,
    retainAsPublished: false,
    retainHandling: 0,
    ...differences,
  }
}

/** Opens the database; an event that the test does not expect fails it. */
export function open(events: Partial<DatabaseEvents> = {}): Promise<Database> {
  const unexpected = () => {
    throw new Error('An event that nobody expected')
  }
  return openDatabase({
    onBlocked: unexpected,
    onSuperseded: unexpected,
    onTerminated: unexpected,
    ...events,
  })
}

/** Writes a value past all types, as another build might have done. */
export async function plant(
  database: Database,
  store: (typeof STORES)[number],
  key: string,
  value: unknown,
): Promise<void> {
  await database.put(store, value as never, key as never)
}

/** Everything that the database holds, by store and key. */
export async function dump(database: Database): Promise<Record<string, [unknown, unknown][]>> {
  const entries = STORES.map(async (store) => {
    const [keys, values] = await Promise.all([database.getAllKeys(store), database.getAll(store)])
    return [store, keys.map((key, i) => [key, values[i]])] as const
  })
  return Object.fromEntries(await Promise.all(entries)) as Record<string, [unknown, unknown][]>
}
