import type { ConnectionId } from '@/core/id.ts'
import { commit, segmentsFrom, type LogDatabase, type LogTransaction } from './database.ts'

/** Destroys the log of a connection that is gone for good. Rejects with a StorageError. */
export async function deleteLog(database: LogDatabase, connection: ConnectionId): Promise<void> {
  await commit(database, function* (transaction) {
    yield* deleteSegments(transaction, connection)
    yield transaction.objectStore('logs').delete(connection)
  })
  database.cache.forget(connection)
}

/** Asks for each removal only when the one before is in the hands of `commit`. */
export function* deleteSegments(
  transaction: LogTransaction,
  connection: ConnectionId,
): Generator<Promise<void>> {
  const everything = segmentsFrom(connection, 0)
  for (const store of ['chunks', 'heads', 'tail', 'kept'] as const) {
    yield transaction.objectStore(store).delete(everything)
  }
}
