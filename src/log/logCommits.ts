import type { ConnectionId } from '@/core/id.ts'
import type { Seq } from '@/core/units.ts'
import { commit, segmentsFrom, type LogDatabase, type LogTransaction } from './database.ts'
import { deleteSegments } from './deleteLog.ts'
import type { LogRecord } from './logRecord.ts'
import type { TailChange } from './openChunk.ts'
import type { Segment } from './segment.ts'

/**
 * Puts the changes of one log into the database, and what they seal or empty into its cache. Each is one
 * transaction, and the record goes with it, so that it never tells of other segments than there are.
 * Everything rejects with a StorageError, and then nothing has changed.
 */
export class LogCommits {
  readonly #database: LogDatabase
  readonly #connection: ConnectionId

  constructor(database: LogDatabase, connection: ConnectionId) {
    this.#database = database
    this.#connection = connection
  }

  /** Only the record has changed. */
  async record(record: LogRecord): Promise<void> {
    await commit(this.#database, (transaction) => [this.#put(transaction, record)])
  }

  /** Entries were appended. */
  async appended({ sealed, replaced, added }: TailChange, record: LogRecord): Promise<void> {
    const connection = this.#connection
    const put = (transaction: LogTransaction) => this.#put(transaction, record)
    await commit(this.#database, function* (transaction) {
      const [chunks, heads, tail] = [
        transaction.objectStore('chunks'),
        transaction.objectStore('heads'),
        transaction.objectStore('tail'),
      ]
      for (const { head, body } of sealed) {
        yield chunks.put(body, [connection, head.firstSeq])
        yield heads.put(head, [connection, head.firstSeq])
      }
      // What is replaced is always the end of the open chunk.
      const [first] = replaced
      if (first) yield tail.delete(segmentsFrom(connection, first.head.firstSeq))
      for (const segment of added) yield tail.put(segment, [connection, segment.head.firstSeq])
      yield put(transaction)
    })
    for (const segment of sealed) this.#database.cache.add(connection, segment)
  }

  /** Everything is gone but the record. */
  async emptied(record: LogRecord): Promise<void> {
    const connection = this.#connection
    const put = (transaction: LogTransaction) => this.#put(transaction, record)
    await commit(this.#database, function* (transaction) {
      yield* deleteSegments(transaction, connection)
      yield put(transaction)
    })
    this.#database.cache.forget(connection)
  }

  /** Of what was before `start`, only `kept` is left. */
  async shortened(start: Seq, kept: readonly Segment[], record: LogRecord): Promise<void> {
    const connection = this.#connection
    const put = (transaction: LogTransaction) => this.#put(transaction, record)
    await commit(this.#database, function* (transaction) {
      const older = IDBKeyRange.bound([connection, 0], [connection, start], false, true)
      for (const store of ['chunks', 'heads', 'kept'] as const) {
        yield transaction.objectStore(store).delete(older)
      }
      for (const segment of kept) {
        yield transaction.objectStore('kept').put(segment, [connection, segment.head.firstSeq])
      }
      yield put(transaction)
    })
  }

  #put(transaction: LogTransaction, record: LogRecord): Promise<unknown> {
    return transaction.objectStore('logs').put(record, this.#connection)
  }
}
