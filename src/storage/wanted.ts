import type { ConnectionId } from '@/core/id.ts'
import type { EpochMs } from '@/core/units.ts'
import { commit, guard } from './database.ts'
import type { Database } from './database.ts'
import { countOr, fieldsOf, textOr } from './fields.ts'
import type { WantedRecord } from './schema.ts'

/** A connection that the user wants to be connected, so that the engine reconnects it when it starts. */
export type Wanted = WantedRecord & { connection: ConnectionId }

/** All connections that should be connected. Rejects with a StorageError. */
export async function listWanted(database: Database): Promise<Wanted[]> {
  const [keys, records] = await guard('profiles', () => {
    const transaction = database.transaction('wanted')
    const { store } = transaction
    return Promise.all([store.getAllKeys(), store.getAll(), transaction.done])
  })
  return keys.map((connection, i) => {
    return { connection, lastAlive: countOr(fieldsOf(records[i])?.['lastAlive'], 0) }
  })
}

/** Says that these connections should be connected and that the engine was alive at that time. */
export async function saveWanted(
  database: Database,
  connections: readonly ConnectionId[],
  lastAlive: EpochMs,
): Promise<void> {
  await commit(database, 'profiles', (transaction) => {
    const store = transaction.objectStore('wanted')
    return Promise.all(connections.map((connection) => store.put({ lastAlive }, connection)))
  })
}

/** Says that the user ended a connection. */
export async function removeWanted(database: Database, connection: ConnectionId): Promise<void> {
  await commit(database, 'profiles', (transaction) =>
    transaction.objectStore('wanted').delete(connection),
  )
}

/** The connection that connected last; it may be deleted by now. Rejects with a StorageError. */
export async function readLastConnected(database: Database): Promise<ConnectionId | undefined> {
  const value = await guard('settings', () => database.get('settings', 'lastConnected'))
  return textOr(value, undefined) as ConnectionId | undefined
}

export async function saveLastConnected(
  database: Database,
  connection: ConnectionId,
): Promise<void> {
  await commit(database, 'settings', (transaction) =>
    transaction.objectStore('settings').put(connection, 'lastConnected'),
  )
}
