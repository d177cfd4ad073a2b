import type { Bytes, EpochMs, Seq } from '@/core/units.ts'
import type { LogEntry } from './entry.ts'
import { keepSeqs, withSeqs, type SeqRuns } from './seqRuns.ts'

/** What a log counts since it was made or last cleared; `received = stored + dropped`. */
export type LogCounters = {
  received: number
  stored: number
  dropped: number
  published: number
  /** How many of the received messages the reader has seen. */
  seen: number
  /** What its segments take in storage, as far as we know. */
  bytes: Bytes
  /** How often the log was cleared. */
  cleared: number
  /** Messages that are not in the log any more because it was beyond its limits. */
  letGo: number
}

/** What a log knows of itself besides its segments; one record, written with every change. */
export type LogRecord = {
  counters: LogCounters
  /** The seq of its first entry, and of the entry that comes next. */
  start: Seq
  end: Seq
  /** Packet identifiers of QoS 2 messages that are stored and whose PUBREL has not come yet. */
  awaitingRelease: number[]
  /**
   * Published messages of QoS 1 and 2 that the broker is not known to have answered. A message joins in
   * the write that stores it, and leaves some time after the answer.
   */
  unacknowledged: SeqRuns
  /** When its newest entry happened; absent in an empty log. */
  lastTime?: EpochMs
}

export const NEW_LOG: LogRecord = {
  counters: {
    received: 0,
    stored: 0,
    dropped: 0,
    published: 0,
    seen: 0,
    bytes: 0,
    cleared: 0,
    letGo: 0,
  },
  start: 0,
  end: 0,
  awaitingRelease: [],
  unacknowledged: [],
}

/** What a write changes besides the entries. Absent: stays, or none. */
export type LogChange = {
  awaitingRelease?: readonly number[]
  /** Messages that were received and could not be stored. */
  dropped?: number
}

/** The record after entries were written and the segments grew by `growth` bytes. */
export function afterWrite(
  record: LogRecord,
  entries: readonly LogEntry[],
  change: LogChange,
  growth: Bytes,
): LogRecord {
  const { counters } = record
  let stored = 0
  let published = 0
  const unanswered: Seq[] = []
  for (const [i, entry] of entries.entries()) {
    if (entry.kind === 'mark') continue
    if (entry.direction === 'in') stored++
    else {
      published++
      if (entry.qos > 0) unanswered.push(record.end + i)
    }
  }
  const dropped = change.dropped ?? 0
  const lastTime = entries.at(-1)?.time ?? record.lastTime
  return {
    ...record,
    counters: {
      ...counters,
      received: counters.received + stored + dropped,
      stored: counters.stored + stored,
      dropped: counters.dropped + dropped,
      published: counters.published + published,
      bytes: counters.bytes + growth,
    },
    end: record.end + entries.length,
    awaitingRelease: [...(change.awaitingRelease ?? record.awaitingRelease)],
    unacknowledged: withSeqs(record.unacknowledged, unanswered),
    ...(lastTime === undefined ? {} : { lastTime }),
  }
}

/** A record as any build has written it: an older one knew fewer counters. */
export function readRecord(record: LogRecord | undefined): LogRecord {
  if (!record) return NEW_LOG
  return { ...NEW_LOG, ...record, counters: { ...NEW_LOG.counters, ...record.counters } }
}

/** The record after the broker has answered these, or the user has dealt with them. */
export function afterSettling(record: LogRecord, seqs: readonly Seq[]): LogRecord {
  const settled = new Set(seqs)
  const unacknowledged = keepSeqs(record.unacknowledged, (seq) => !settled.has(seq))
  return { ...record, unacknowledged }
}

/**
 * The record after the chunks before `start` went, and with them `messages` and `bytes`; `kept` are the
 * seqs before `start` that stay.
 */
export function afterLettingGo(
  record: LogRecord,
  start: Seq,
  gone: { messages: number; bytes: Bytes },
  kept: readonly Seq[],
): LogRecord {
  const { counters } = record
  const letGo = counters.letGo + gone.messages
  const stays = new Set(kept)
  return {
    ...record,
    start,
    counters: { ...counters, letGo, bytes: counters.bytes - gone.bytes },
    unacknowledged: keepSeqs(record.unacknowledged, (seq) => seq >= start || stays.has(seq)),
  }
}

/** The record after the log was emptied: counting starts again, but no seq is ever used twice. */
export function afterClear({ counters, end, awaitingRelease }: LogRecord): LogRecord {
  return {
    counters: { ...NEW_LOG.counters, cleared: counters.cleared + 1 },
    start: end,
    end,
    awaitingRelease,
    unacknowledged: [],
  }
}
