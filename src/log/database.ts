import { openDB, unwrap } from 'idb'
import type { DBSchema, IDBPDatabase, IDBPTransaction } from 'idb'
import type { ConnectionId } from '@/core/id.ts'
import { storageError } from '@/core/storageError.ts'
import type { Seq } from '@/core/units.ts'
import { ChunkCache } from './chunkCache.ts'
import type { LogRecord } from './logRecord.ts'
import { MIGRATIONS } from './migrations.ts'
import type { Segment, SegmentHead } from './segment.ts'

const NAME = 'mqtab-log'

export const STORES = ['chunks', 'heads', 'tail', 'kept', 'logs'] as const

type SegmentKey = [ConnectionId, Seq]

type LogSchema = DBSchema & {
  /** The bodies of sealed chunks. */
  chunks: { key: SegmentKey; value: ArrayBuffer }
  /** Their heads, apart, because a filter reads all of these and none of those. */
  heads: { key: SegmentKey; value: SegmentHead }
  /** The segments of the open chunk. */
  tail: { key: SegmentKey; value: Segment }
  /** What is left of chunks that were let go, in segments with gaps. */
  kept: { key: SegmentKey; value: Segment }
  logs: { key: ConnectionId; value: LogRecord }
}

/** The database of all logs, apart from `storage`'s, so that a full log never blocks a profile. */
export type LogDatabase = { stores: IDBPDatabase<LogSchema>; cache: ChunkCache }

export type LogTransaction = IDBPTransaction<LogSchema, typeof STORES, 'readwrite'>

/** After `onSuperseded` and `onTerminated` every read and write rejects with `unavailable`. */
export type DatabaseEvents = {
  /** An older MQTab in another tab keeps its connection, so opening waits until it is gone. */
  onBlocked: () => void
  /** A newer MQTab wants to change the database, or something deletes it; we have closed ours. */
  onSuperseded: () => void
  /** The browser closed the database, for example because the user deleted the site's data. */
  onTerminated: () => void
}

/**
 * Opens the database of all logs and brings it to this build's version. Rejects with a StorageError:
 * `newer` where a newer build has changed it, which leaves it as it is.
 */
export async function openLogDatabase(events: DatabaseEvents): Promise<LogDatabase> {
  try {
    const stores = await openDB<LogSchema>(NAME, MIGRATIONS.length, {
      upgrade: (database, from, _to, transaction) => {
        for (const migrate of MIGRATIONS.slice(from)) migrate(unwrap(database), unwrap(transaction))
      },
      blocked: events.onBlocked,
      blocking: (_from, _to, { target }) => {
        if (target instanceof IDBDatabase) target.close()
        events.onSuperseded()
      },
      terminated: events.onTerminated,
    })
    return { stores, cache: new ChunkCache() }
  } catch (error) {
    throw storageError('log', error)
  }
}

/** All segments of one log from `firstSeq` on: an array sorts after every number (IndexedDB §2.4). */
export function segmentsFrom(connection: ConnectionId, firstSeq: Seq): IDBKeyRange {
  return IDBKeyRange.bound([connection, firstSeq], [connection, []])
}

/**
 * Does the requests of `work` in one transaction, all or nothing, and waits until it is committed.
 * Durability is relaxed: what is committed survives the end of every process of the browser, and only
 * a failure of the whole machine may take the last seconds. Rejects with a StorageError.
 */
export async function commit(
  { stores }: LogDatabase,
  work: (transaction: LogTransaction) => Iterable<Promise<unknown>>,
): Promise<void> {
  const requests: Promise<unknown>[] = []
  const reasons: unknown[] = []
  try {
    const transaction = stores.transaction(STORES, 'readwrite', { durability: 'relaxed' })
    requests.push(transaction.done)
    try {
      for (const request of work(transaction)) requests.push(request)
      // Nothing more follows. Otherwise it would end only when this thread has heard of each request,
      // and in a flood it has much else to hear.
      transaction.commit()
    } catch (error) {
      reasons.push(error)
      transaction.abort()
    }
  } catch (error) {
    reasons.push(error)
  }
  for (const outcome of await Promise.allSettled(requests)) {
    if (outcome.status === 'rejected') reasons.push(outcome.reason)
  }
  if (reasons.length > 0) throw storageError('log', ...reasons)
}
