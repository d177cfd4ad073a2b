import type { EpochMs, Seq } from '@/core/units.ts'
import type { LogSnapshot } from './logSnapshot.ts'
import { entriesOf } from './segment.ts'
import type { Segment, SegmentHead } from './segment.ts'
import { HEADS_AT_ONCE, type StoredChunks } from './storedChunks.ts'

/**
 * The first entry, in the order of the log, that passes and is at or after `time`. Reads heads until one
 * says that its chunk goes on to that time, and only such chunks: a clock that was set back makes the
 * times of chunks overlap, so that their order tells nothing. Rejects with a StorageError.
 */
export async function firstAt(
  time: EpochMs,
  passes: (seq: Seq) => boolean,
  { kept, sealed, open }: LogSnapshot,
  stored: StoredChunks,
): Promise<Seq | undefined> {
  const isIn = ({ latest }: SegmentHead) => latest >= time
  const within = (segments: readonly Segment[]): Seq | undefined => {
    for (const segment of segments) {
      if (!isIn(segment.head)) continue
      const found = entriesOf(segment, 0, Infinity).find(
        (entry) => entry.time >= time && passes(entry.seq),
      )
      if (found) return found.seq
    }
    return undefined
  }
  const older = within(kept)
  if (older !== undefined) return older
  for (let begin = 0; begin < sealed.length; begin += HEADS_AT_ONCE) {
    for (const head of await stored.heads(sealed.slice(begin, begin + HEADS_AT_ONCE))) {
      if (!isIn(head)) continue
      const found = within(await stored.chunks([head.firstSeq]))
      if (found !== undefined) return found
    }
  }
  return within(open)
}
