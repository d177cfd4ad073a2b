/** How much a log lets go when it is beyond its limits: whole chunks, the oldest first. */
import type { Retention } from '@/core/retention.ts'
import type { Bytes, EpochMs } from '@/core/units.ts'
import type { SegmentHead } from './segment.ts'

/** A log that is beyond a limit is brought this far below it, so that it need not be done at each write. */
const GOAL = 0.98

export type LogSize = { entries: number; bytes: Bytes }

/** How many of the oldest chunks must go. A chunk is as old as its newest entry. */
export function countToLetGo(
  oldest: readonly SegmentHead[],
  size: LogSize,
  limits: Retention,
  now: EpochMs,
): number {
  const goal = isBeyond(size, limits, 1) ? GOAL : 1
  let { entries, bytes } = size
  let count = 0
  for (const head of oldest) {
    const isTooOld = limits.age !== undefined && head.latest < now - limits.age
    if (!isTooOld && !isBeyond({ entries, bytes }, limits, goal)) break
    entries -= head.count
    bytes -= head.bytes
    count++
  }
  return count
}

/** What went with the segments `before`, of which those `after` are left. */
export function goneBetween(
  before: readonly SegmentHead[],
  after: readonly SegmentHead[],
): { messages: number; bytes: Bytes } {
  return {
    messages: messagesIn(before) - messagesIn(after),
    bytes: bytesIn(before) - bytesIn(after),
  }
}

function messagesIn(heads: readonly SegmentHead[]): number {
  return heads.reduce((sum, { received, published }) => sum + received + published, 0)
}

function bytesIn(heads: readonly SegmentHead[]): Bytes {
  return heads.reduce((sum, { bytes }) => sum + bytes, 0)
}

/** Whether a log is larger than this part of its limits. */
export function isBeyond({ entries, bytes }: LogSize, limits: Retention, part = 1): boolean {
  return entries > limits.messages * part || bytes > limits.bytes * part
}
