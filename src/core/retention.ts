import type { Bytes, Milliseconds } from './units.ts'

/** How much of a connection's log is kept; the oldest messages are let go beyond any of these. */
export type Retention = {
  messages: number
  bytes: Bytes
  /** Absent: whatever their age. */
  age?: Milliseconds
}

export const MIB: Bytes = 1024 * 1024
export const DAY: Milliseconds = 24 * 60 * 60 * 1000

export const DEFAULT_RETENTION: Retention = { messages: 1_000_000, bytes: 512 * MIB }

/** A log may take this part of what the browser gives the site: others need room, and so do profiles. */
const SHARE_OF_QUOTA = 0.4

/** The limits where the browser gives the site `quota` bytes; undefined: it does not say. */
export function withinQuota(retention: Retention, quota: Bytes | undefined): Retention {
  if (quota === undefined) return retention
  return { ...retention, bytes: Math.min(retention.bytes, Math.floor(quota * SHARE_OF_QUOTA)) }
}
