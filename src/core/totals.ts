import type { Bytes } from './units.ts'

/**
 * The counts of one connection's log since it was made or last cleared by the user.
 * `received = stored + dropped` at any time: a message counts as received when it is decided whether
 * it could be stored, not before.
 */
export type LogTotals = {
  received: number
  stored: number
  dropped: number
  published: number
  /** Not in the log any more, because it was beyond its limits. */
  letGo: number
  /** What the log takes in storage, as far as it knows itself: payloads, topics and row headers. */
  bytes: Bytes
  /** Received in the last second. */
  rate: number
  /** Received since the reader last looked. */
  unread: number
  /** Storage is behind, so the broker is being slowed down. */
  slowed: boolean
}

export const NO_TOTALS: LogTotals = {
  received: 0,
  stored: 0,
  dropped: 0,
  published: 0,
  letGo: 0,
  bytes: 0,
  rate: 0,
  unread: 0,
  slowed: false,
}
