import { openDB, unwrap } from 'idb'
import type { IDBPDatabase, IDBPTransaction } from 'idb'
import type { StorageFailure } from '@/core/failure.ts'
import { storageError } from '@/core/storageError.ts'
import { MIGRATIONS } from './migrations.ts'
import { STORES } from './schema.ts'
import type { Schema } from './schema.ts'

const NAME = 'mqtab'

/** What the user made, apart from the logs, so that a full or broken log never blocks it. */
export type Database = IDBPDatabase<Schema>

export type Transaction = IDBPTransaction<Schema, typeof STORES, 'readwrite'>

/** After `onSuperseded` and `onTerminated` every read and write rejects with `unavailable`. */
export type DatabaseEvents = {
  /** An older MQTab in another tab keeps its connection, so opening waits until it is gone. */
  onBlocked: () => void
  /** A newer MQTab wants to change the database, or something deletes it; we have closed ours. */
  onSuperseded: () => void
  /** The browser closed the database, for example because the user deleted the site's data. */
  onTerminated: () => void
}

/** A value as far as it could be read, with what was wrong with it. */
export type Loaded<Value> = { value: Value; issues: StorageFailure[] }

/**
 * Opens the database of all that the user made and brings it to this build's version. Rejects with a
 * StorageError: `newer` where a newer build has changed it, which leaves it as it is.
 */
export async function openDatabase(events: DatabaseEvents): Promise<Database> {
  return guard('profiles', () =>
    openDB<Schema>(NAME, MIGRATIONS.length, {
      upgrade: (database, from, _to, transaction) => {
        for (const migrate of MIGRATIONS.slice(from)) migrate(unwrap(database), unwrap(transaction))
      },
      blocked: events.onBlocked,
      blocking: (_from, _to, { target }) => {
        if (target instanceof IDBDatabase) target.close()
        events.onSuperseded()
      },
      terminated: events.onTerminated,
    }),
  )
}

/** Makes a StorageError out of whatever `read` throws or rejects with. */
export async function guard<Value>(
  what: StorageFailure['what'],
  read: () => Promise<Value>,
): Promise<Value> {
  try {
    return await read()
  } catch (error) {
    throw storageError(what, error)
  }
}

/**
 * Does `work` in one transaction, all or nothing, and waits until it is committed and on the disk:
 * what a user made by hand is small and changes seldom. Rejects with a StorageError.
 */
export async function commit(
  database: Database,
  what: StorageFailure['what'],
  work: (transaction: Transaction) => Promise<unknown>,
): Promise<void> {
  const transaction = await guard(what, () =>
    Promise.resolve(database.transaction(STORES, 'readwrite', { durability: 'strict' })),
  )
  const outcomes = await Promise.allSettled([attempt(transaction, work), transaction.done])
  const reasons = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  )
  if (reasons.length > 0) throw storageError(what, ...reasons)
}

async function attempt(
  transaction: Transaction,
  work: (transaction: Transaction) => Promise<unknown>,
): Promise<void> {
  try {
    await work(transaction)
  } catch (error) {
    try {
      transaction.abort()
    } catch {
      // It was aborted already, which is why the work failed.
    }
    throw error
  }
}
