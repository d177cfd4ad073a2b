import type { ConnectionId } from '@/core/id.ts'
import type { Retention } from '@/core/retention.ts'
import { storageError } from '@/core/storageError.ts'
import type { EpochMs, Seq } from '@/core/units.ts'
import type { LogDatabase } from './database.ts'
import type { LogEntry, StoredEntry } from './entry.ts'
import { firstAt } from './firstAt.ts'
import { countToLetGo, goneBetween, isBeyond, type LogSize } from './letGo.ts'
import { LogCommits } from './logCommits.ts'
import { afterClear, afterLettingGo, afterSettling, afterWrite } from './logRecord.ts'
import type { LogChange, LogCounters, LogRecord } from './logRecord.ts'
import { readSnapshot, type LogSnapshot } from './logSnapshot.ts'
import { append, tailChange } from './openChunk.ts'
import type { Appended } from './openChunk.ts'
import { entriesOf } from './segment.ts'
import type { Segment } from './segment.ts'
import type { LogFilter } from './selection.ts'
import { seqsOf } from './seqRuns.ts'
import { seqsPassing } from './seqsPassing.ts'
import { HEADS_AT_ONCE, StoredChunks } from './storedChunks.ts'
import { survivorsOf } from './survivors.ts'

/**
 * The messages of one connection, in the order in which they came. There must be only one for each
 * connection at a time: it is the only writer, and believes what it knows of what is on the disk.
 */
export class MessageLog {
  readonly #stored: StoredChunks
  readonly #commits: LogCommits
  /** What is known of the log without reading it. Replaced as a whole when a change is committed. */
  #state: LogSnapshot
  #keptSeqs: readonly Seq[] | undefined
  /** The newest entry of the oldest chunk; undefined while it is not known. */
  #oldest: EpochMs | undefined
  #writing = false
  /** Settles when the changes that were begun are done. */
  #queue: Promise<void> = Promise.resolve()

  private constructor(database: LogDatabase, connection: ConnectionId, state: LogSnapshot) {
    this.#stored = new StoredChunks(database, connection)
    this.#commits = new LogCommits(database, connection)
    this.#state = state
  }

  /** Opens the log of a connection, which need not exist yet. Rejects with a StorageError. */
  static async open(database: LogDatabase, connection: ConnectionId): Promise<MessageLog> {
    return new MessageLog(database, connection, await readSnapshot(database, connection))
  }

  /**
   * The seq of the first entry of those that just follow each other; equal to `end` where there are
   * none. Only `kept` ones are before it.
   */
  get start(): Seq {
    return this.#state.record.start
  }

  /** The seq of the entry that comes next. */
  get end(): Seq {
    return this.#state.record.end
  }

  /** The seqs, ascending, of messages that stayed when what was around them was let go. */
  get kept(): readonly Seq[] {
    return (this.#keptSeqs ??= this.#state.kept.flatMap(({ head }) => head.seqs ?? []))
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

  /** The seqs, ascending, of published messages that the broker is not known to have answered. */
  get unacknowledged(): Seq[] {
    return seqsOf(this.#state.record.unacknowledged)
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
    const { record, kept, sealed, open } = this.#state
    const older = kept.flatMap((segment) => entriesOf(segment, from, to))
    const first = Math.max(from, record.start)
    const last = Math.min(to, record.end)
    if (first >= last) return older
    const begin = Math.max(
      0,
      sealed.findLastIndex((firstSeq) => firstSeq <= first),
    )
    const wanted = sealed.slice(begin).filter((firstSeq) => firstSeq < last)
    const chunks = await this.#stored.chunks(wanted)
    return [...older, ...[...chunks, ...open].flatMap((segment) => entriesOf(segment, first, last))]
  }

  /**
   * The seqs, from `from` on and ascending, of the messages that pass; marks never do. Reads heads
   * only. A plain array, because the caller goes on to append to it, and small integers take no more
   * room in one than in a typed array. Rejects with a StorageError.
   */
  async select(filter: LogFilter, from: Seq): Promise<Seq[]> {
    return seqsPassing(filter, from, this.#state, this.#stored)
  }

  /**
   * The first entry in the log's order that passes and is at or after `time`; undefined where there is
   * none. The clock may have been set back, so later ones may be earlier. Rejects with a StorageError.
   */
  async findTime(time: EpochMs, passes: (seq: Seq) => boolean): Promise<Seq | undefined> {
    return firstAt(time, passes, this.#state, this.#stored)
  }

  /** Says that the reader has seen the first `received` messages. Rejects with a StorageError. */
  async setSeen(received: number): Promise<void> {
    await this.#exclusively(async () => {
      const { counters } = this.#state.record
      const seen = Math.min(Math.max(received, counters.seen), counters.received)
      if (seen === counters.seen) return
      await this.#putAlone({ ...this.#state.record, counters: { ...counters, seen } })
    })
  }

  /** Takes messages out of `unacknowledged`. Rejects with a StorageError, and then nothing has changed. */
  async settle(seqs: readonly Seq[]): Promise<void> {
    await this.#exclusively(() => this.#putAlone(afterSettling(this.#state.record, seqs)))
  }

  /**
   * Empties the log. Its counters start again from 0, `cleared` is one more, and the next entry gets
   * the seq that it would have got. Rejects with a StorageError, and then nothing has changed.
   */
  async clear(): Promise<void> {
    await this.#exclusively(async () => {
      const record = afterClear(this.#state.record)
      await this.#commits.emptied(record)
      this.#state = { record, kept: [], sealed: [], open: [] }
      this.#keptSeqs = undefined
      this.#oldest = undefined
    })
  }

  /** Whether the log is beyond these limits, as far as it knows without reading. */
  exceeds(limits: Retention, now: EpochMs): boolean {
    if (isBeyond(this.#size, limits)) return true
    if (limits.age === undefined || this.#state.sealed.length === 0) return false
    return this.#oldest === undefined || this.#oldest < now - limits.age
  }

  /**
   * Lets the oldest chunks go until the log is within the limits, except for the latest message of each
   * topic. The open chunk always stays. Rejects with a StorageError, and then nothing has changed.
   */
  async letGo(limits: Retention, now: EpochMs): Promise<void> {
    await this.#exclusively(async () => {
      const { record, kept, sealed, open } = this.#state
      const oldest = await this.#stored.heads(sealed.slice(0, HEADS_AT_ONCE))
      const count = countToLetGo(oldest, this.#size, limits, now)
      this.#oldest = oldest[count]?.latest
      if (count === 0) return
      const gone = oldest.slice(0, count)
      const staying = sealed.slice(count)
      const start = staying[0] ?? open[0]?.head.firstSeq ?? record.end
      const remaining = await survivorsOf({ kept, gone, staying, open }, this.#stored)
      const before = [...kept.map(({ head }) => head), ...gone]
      const after = remaining.map(({ head }) => head)
      const staySeqs = after.flatMap(({ seqs }) => seqs ?? [])
      const changed = afterLettingGo(record, start, goneBetween(before, after), staySeqs)
      await this.#commits.shortened(start, remaining, changed)
      this.#state = { ...this.#state, record: changed, kept: remaining, sealed: staying }
      this.#keptSeqs = undefined
    })
  }

  get #size(): LogSize {
    const { start, end, counters } = this.#state.record
    return { entries: end - start, bytes: counters.bytes }
  }

  async #append(entries: readonly LogEntry[], change: LogChange): Promise<Seq> {
    const { record, sealed, open } = this.#state
    const next = appendTo(open, record.end, entries)
    const tail = tailChange(open, next)
    const changed = afterWrite(record, entries, change, tail.growth)
    await this.#commits.appended(tail, changed)
    this.#state = {
      ...this.#state,
      record: changed,
      sealed: [...sealed, ...next.sealed.map(({ head }) => head.firstSeq)],
      open: next.open,
    }
    return record.end
  }

  async #putAlone(record: LogRecord): Promise<void> {
    await this.#commits.record(record)
    this.#state = { ...this.#state, record }
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

/** `append`, where running out of memory is a failure of storage too. */
function appendTo(open: readonly Segment[], end: Seq, entries: readonly LogEntry[]): Appended {
  try {
    return append(open, end, entries)
  } catch (error) {
    throw storageError('log', error)
  }
}
