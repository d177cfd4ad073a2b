import type { ConnectionId } from '@/core/id.ts'
import { storageError } from '@/core/storageError.ts'
import type { Bytes, EpochMs, Seq } from '@/core/units.ts'
import { commit, segmentsFrom } from './database.ts'
import type { LogDatabase, LogTransaction } from './database.ts'
import type { LogEntry, StoredEntry } from './entry.ts'
import { NEW_LOG, afterClear, afterWrite } from './logRecord.ts'
import type { LogChange, LogCounters, LogRecord } from './logRecord.ts'
import { append } from './openChunk.ts'
import type { Appended } from './openChunk.ts'
import { entriesOf } from './segment.ts'
import type { Segment, SegmentHead } from './segment.ts'
import { Selection } from './selection.ts'
import type { LogFilter } from './selection.ts'

/** Heads that are read at once: few enough to be small, many enough to be quick. */
const HEADS_AT_ONCE = 64

/** What is known of the log without reading it. Replaced as a whole when a change is committed. */
type State = {
  record: LogRecord
  /** The first seq of each sealed chunk, ascending. */
  sealed: readonly Seq[]
  /** The segments of the open chunk. */
  open: readonly Segment[]
}

/**
 * The messages of one connection, in the order in which they came. There must be only one for each
 * connection at a time: it is the only writer, and believes what it knows of what is on the disk.
 */
export class MessageLog {
  readonly #database: LogDatabase
  readonly #connection: ConnectionId
  #state: State
  #writing = false
  /** Settles when the changes that were begun are done. */
  #queue: Promise<void> = Promise.resolve()

  private constructor(database: LogDatabase, connection: ConnectionId, state: State) {
    this.#database = database
    this.#connection = connection
    this.#state = state
  }

  /** Opens the log of a connection, which need not exist yet. Rejects with a StorageError. */
  static async open(database: LogDatabase, connection: ConnectionId): Promise<MessageLog> {
    try {
      const transaction = database.stores.transaction(['logs', 'heads', 'tail'])
      const everything = segmentsFrom(connection, 0)
      const [record, keys, open] = await Promise.all([
        transaction.objectStore('logs').get(connection),
        transaction.objectStore('heads').getAllKeys(everything),
        transaction.objectStore('tail').getAll(everything),
        transaction.done,
      ])
      const sealed = keys.map(([, firstSeq]) => firstSeq)
      return new MessageLog(database, connection, { record: record ?? NEW_LOG, sealed, open })
    } catch (error) {
      throw storageError('log', error)
    }
  }

  /** The seq of the first entry; equal to `end` in an empty log. */
  get start(): Seq {
    return this.#state.record.start
  }

  /** The seq of the entry that comes next. */
  get end(): Seq {
    return this.#state.record.end
  }

  /** When the newest entry happened. */
  get lastTime(): EpochMs | undefined {
    return this.#state.record.lastTime
  }

  get counters(): Readonly<LogCounters> {
    return this.#state.record.counters
  }

  /** Packet identifiers of QoS 2 messages that are stored and whose PUBREL has not come yet. */
  get awaitingRelease(): readonly number[] {
    return this.#state.record.awaitingRelease
  }

  /**
   * Appends entries, which may be none, in one transaction and returns the seq of the first. The
   * caller gives their buffers away. Rejects with a StorageError, and then nothing has changed, in
   * memory or on disk. Only one write at a time: the caller gathers what comes in the meantime, so
   * that a slow disk makes larger writes and not more of them.
   */
  async write(entries: readonly LogEntry[], change: LogChange = {}): Promise<Seq> {
    if (this.#writing) throw new Error('A write to this log has not ended yet')
    this.#writing = true
    try {
      return await this.#exclusively(() => this.#append(entries, change))
    } finally {
      this.#writing = false
    }
  }

  /**
   * The entries from `from` (included) to `to` (not), as far as the log has them. Their bytes are
   * views into shared buffers: not to be written to, and to be copied before they are posted.
   * Rejects with a StorageError.
   */
  async read(from: Seq, to: Seq): Promise<StoredEntry[]> {
    const { record, sealed, open } = this.#state
    const first = Math.max(from, record.start)
    const last = Math.min(to, record.end)
    if (first >= last) return []
    const begin = Math.max(
      0,
      sealed.findLastIndex((firstSeq) => firstSeq <= first),
    )
    const wanted = sealed.slice(begin).filter((firstSeq) => firstSeq < last)
    const chunks = await this.#chunks(wanted)
    return [...chunks, ...open].flatMap((segment) => entriesOf(segment, first, last))
  }

  /**
   * The seqs, from `from` on and ascending, of the messages that pass; marks never do. Reads heads
   * only. A plain array, because the caller goes on to append to it, and small integers take no more
   * room in one than in a typed array. Rejects with a StorageError.
   */
  async select(filter: LogFilter, from: Seq): Promise<Seq[]> {
    const { sealed, open } = this.#state
    const selection = new Selection(filter)
    const found: Seq[] = []
    let begin = Math.max(
      0,
      sealed.findLastIndex((firstSeq) => firstSeq <= from),
    )
    // The last sealed chunk ends where the open one begins.
    if (from >= (open[0]?.head.firstSeq ?? this.end)) begin = sealed.length
    for (; begin < sealed.length; begin += HEADS_AT_ONCE) {
      const part = sealed.slice(begin, begin + HEADS_AT_ONCE)
      for (const head of await this.#heads(part)) selection.collect(head, from, found)
    }
    for (const { head } of open) selection.collect(head, from, found)
    return found
  }

  /** Says that the reader has seen the first `received` messages. Rejects with a StorageError. */
  async setSeen(received: number): Promise<void> {
    await this.#exclusively(async () => {
      const { counters } = this.#state.record
      const seen = Math.min(Math.max(received, counters.seen), counters.received)
      if (seen === counters.seen) return
      const record = { ...this.#state.record, counters: { ...counters, seen } }
      await commit(this.#database, (transaction) => [this.#put(transaction, record)])
      this.#state = { ...this.#state, record }
    })
  }

  /**
   * Empties the log. Its counters start again from 0, `cleared` is one more, and the next entry gets
   * the seq that it would have got. Rejects with a StorageError, and then nothing has changed.
   */
  async clear(): Promise<void> {
    await this.#exclusively(async () => {
      const record = afterClear(this.#state.record)
      const put = (transaction: LogTransaction) => this.#put(transaction, record)
      const connection = this.#connection
      await commit(this.#database, function* (transaction) {
        yield* deleteSegments(transaction, connection)
        yield put(transaction)
      })
      this.#state = { record, sealed: [], open: [] }
      this.#database.cache.forget(this.#connection)
    })
  }

  async #append(entries: readonly LogEntry[], change: LogChange): Promise<Seq> {
    const { record, sealed, open } = this.#state
    const next = appendTo(open, record.end, entries)
    const replaced = open.filter((segment) => !next.open.includes(segment))
    const added = next.open.filter((segment) => !open.includes(segment))
    const growth = bytesOf(next.sealed) + bytesOf(added) - bytesOf(replaced)
    const changed = afterWrite(record, entries, change, growth)
    const connection = this.#connection
    const put = (transaction: LogTransaction) => this.#put(transaction, changed)
    await commit(this.#database, function* (transaction) {
      const [chunks, heads, tail] = [
        transaction.objectStore('chunks'),
        transaction.objectStore('heads'),
        transaction.objectStore('tail'),
      ]
      for (const { head, body } of next.sealed) {
        yield chunks.put(body, [connection, head.firstSeq])
        yield heads.put(head, [connection, head.firstSeq])
      }
      // What is replaced is always the end of the open chunk.
      const [first] = replaced
      if (first) yield tail.delete(segmentsFrom(connection, first.head.firstSeq))
      for (const segment of added) yield tail.put(segment, [connection, segment.head.firstSeq])
      yield put(transaction)
    })
    for (const segment of next.sealed) this.#database.cache.add(connection, segment)
    this.#state = {
      record: changed,
      sealed: [...sealed, ...next.sealed.map(({ head }) => head.firstSeq)],
      open: next.open,
    }
    return record.end
  }

  /** The sealed chunks that begin at these seqs; one that was cleared in the meantime is left out. */
  async #chunks(wanted: readonly Seq[]): Promise<Segment[]> {
    const { cache } = this.#database
    const known = wanted.map((firstSeq) => cache.get(this.#connection, firstSeq))
    const missing = wanted.filter((_, i) => !known[i])
    if (missing.length > 0) {
      const read = await this.#readChunks(missing)
      for (const segment of read) known[wanted.indexOf(segment.head.firstSeq)] = segment
    }
    return known.filter((segment) => segment !== undefined)
  }

  async #readChunks(wanted: readonly Seq[]): Promise<Segment[]> {
    const { stores, cache } = this.#database
    try {
      const transaction = stores.transaction(['heads', 'chunks'])
      const read = wanted.map(async (firstSeq) => {
        const key: [ConnectionId, Seq] = [this.#connection, firstSeq]
        const [head, body] = await Promise.all([
          transaction.objectStore('heads').get(key),
          transaction.objectStore('chunks').get(key),
        ])
        return head && body ? { head, body } : undefined
      })
      const [pairs] = await Promise.all([Promise.all(read), transaction.done])
      const segments = pairs.filter((segment) => segment !== undefined)
      for (const segment of segments) cache.add(this.#connection, segment)
      return segments
    } catch (error) {
      throw storageError('log', error)
    }
  }

  /** The heads from the first to the last of these chunks. */
  async #heads(wanted: readonly Seq[]): Promise<SegmentHead[]> {
    const keys = IDBKeyRange.bound([this.#connection, wanted[0]], [this.#connection, wanted.at(-1)])
    try {
      return await this.#database.stores.getAll('heads', keys)
    } catch (error) {
      throw storageError('log', error)
    }
  }

  #put(transaction: LogTransaction, record: LogRecord): Promise<unknown> {
    return transaction.objectStore('logs').put(record, this.#connection)
  }

  /** Does one change after the other, since each begins from what the last one left. */
  #exclusively<Result>(change: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(change)
    this.#queue = result.then(
      () => undefined,
      () => undefined,
    )
    return result
  }
}

/** Destroys the log of a connection that is gone for good. Rejects with a StorageError. */
export async function deleteLog(database: LogDatabase, connection: ConnectionId): Promise<void> {
  await commit(database, function* (transaction) {
    yield* deleteSegments(transaction, connection)
    yield transaction.objectStore('logs').delete(connection)
  })
  database.cache.forget(connection)
}

/** Asks for each removal only when the one before is in the hands of `commit`. */
function* deleteSegments(
  transaction: LogTransaction,
  connection: ConnectionId,
): Generator<Promise<void>> {
  const everything = segmentsFrom(connection, 0)
  yield transaction.objectStore('chunks').delete(everything)
  yield transaction.objectStore('heads').delete(everything)
  yield transaction.objectStore('tail').delete(everything)
}

/** `append`, where running out of memory is a failure of storage too. */
function appendTo(open: readonly Segment[], end: Seq, entries: readonly LogEntry[]): Appended {
  try {
    return append(open, end, entries)
  } catch (error) {
    throw storageError('log', error)
  }
}

function bytesOf(segments: readonly Segment[]): Bytes {
  return segments.reduce((sum, { head }) => sum + head.bytes, 0)
}
