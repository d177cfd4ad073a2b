import type { ConnectionId } from '@/core/id.ts'
import { storageError } from '@/core/storageError.ts'
import type { Seq } from '@/core/units.ts'
import { segmentsFrom, type LogDatabase } from './database.ts'
import { readRecord, type LogRecord } from './logRecord.ts'
import type { Segment } from './segment.ts'

/** A log at one moment, as far as it is known without reading its sealed chunks. */
export type LogSnapshot = {
  record: LogRecord
  /** What is left of chunks that were let go; all before `record.start`. */
  kept: readonly Segment[]
  /** The first seq of each sealed chunk, ascending. */
  sealed: readonly Seq[]
  /** The segments of the open chunk. */
  open: readonly Segment[]
}

/** Reads a log, which need not exist yet, in one transaction. Rejects with a StorageError. */
export async function readSnapshot(
  { stores }: LogDatabase,
  connection: ConnectionId,
): Promise<LogSnapshot> {
  try {
    const transaction = stores.transaction(['logs', 'heads', 'tail', 'kept'])
    const everything = segmentsFrom(connection, 0)
    const [record, keys, open, kept] = await Promise.all([
      transaction.objectStore('logs').get(connection),
      transaction.objectStore('heads').getAllKeys(everything),
      transaction.objectStore('tail').getAll(everything),
      transaction.objectStore('kept').getAll(everything),
      transaction.done,
    ])
    return { record: readRecord(record), kept, sealed: keys.map(([, seq]) => seq), open }
  } catch (error) {
    throw storageError('log', error)
  }
}
