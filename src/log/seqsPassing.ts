import type { Seq } from '@/core/units.ts'
import type { LogSnapshot } from './logSnapshot.ts'
import { Selection, type LogFilter } from './selection.ts'
import { HEADS_AT_ONCE, type StoredChunks } from './storedChunks.ts'

/**
 * The seqs, from `from` on and ascending, of the messages that pass; marks never do. Reads heads only.
 * A plain array, because its owner goes on to append to it, and small integers take no more room in one
 * than in a typed array. Rejects with a StorageError.
 */
export async function seqsPassing(
  filter: LogFilter,
  from: Seq,
  { record, kept, sealed, open }: LogSnapshot,
  stored: StoredChunks,
): Promise<Seq[]> {
  const selection = new Selection(filter)
  const found: Seq[] = []
  for (const { head } of kept) selection.collect(head, from, found)
  let begin = Math.max(
    0,
    sealed.findLastIndex((firstSeq) => firstSeq <= from),
  )
  // The last sealed chunk ends where the open one begins.
  if (from >= (open[0]?.head.firstSeq ?? record.end)) begin = sealed.length
  for (; begin < sealed.length; begin += HEADS_AT_ONCE) {
    const part = sealed.slice(begin, begin + HEADS_AT_ONCE)
    for (const head of await stored.heads(part)) selection.collect(head, from, found)
  }
  for (const { head } of open) selection.collect(head, from, found)
  return found
}
