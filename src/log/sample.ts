/** Entries for the tests of this room. */
import type { LogEntry, LogMessage, StoredEntry } from './entry.ts'

/** A message with the given differences from a plain one. */
export function message(differences: Partial<LogMessage> = {}): LogMessage {
  return {
    kind: 'message',
    time: 1_700_000_000_000,
    direction: 'in',
    topic: 'sensor/1/temperature',
    qos: 0,
    retain: false,
    dup: false,
    queued: false,
    properties: new Uint8Array(0),
    payload: new Uint8Array(0),
    ...differences,
  }
}

/** That many messages; each payload is the message's number in 4 bytes. */
export function messages(count: number, differences: Partial<LogMessage> = {}): LogMessage[] {
  return Array.from({ length: count }, (_, i) => {
    return message({ payload: new Uint8Array(Uint32Array.of(i).buffer), ...differences })
  })
}

/** Entries with buffers of their own, as they were before the log took them. */
export function plain(entries: readonly (LogEntry | StoredEntry)[]): (LogEntry | StoredEntry)[] {
  return entries.map((entry) =>
    entry.kind === 'mark'
      ? entry
      : { ...entry, properties: entry.properties.slice(), payload: entry.payload.slice() },
  )
}

/** Entries as a log gives them back whose first one is at `firstSeq`. */
export function stored(entries: readonly LogEntry[], firstSeq = 0): StoredEntry[] {
  return entries.map((entry, i) => ({ ...entry, seq: firstSeq + i }))
}
