/**
 * What stays of chunks that a log lets go: the latest message of each topic, so that a topic which is
 * seldom written to keeps its value however much the others write.
 */
import type { Bytes, Seq } from '@/core/units.ts'
import type { StoredEntry } from './entry.ts'
import { append } from './openChunk.ts'
import { INDEX_STEP, MARK, entriesOf, seqAt, type Segment, type SegmentHead } from './segment.ts'
import { HEADS_AT_ONCE, type StoredChunks } from './storedChunks.ts'

/** Of more topics, or more bytes, only the newest stay. */
const LARGEST_COUNT = 10_000
const LARGEST_SIZE: Bytes = 4 * 1024 * 1024

export type Departure = {
  /** What stayed of chunks that went before, and the chunks that go now. */
  kept: readonly Segment[]
  gone: readonly SegmentHead[]
  /** The first seqs of the sealed chunks that stay as they are, and the segments of the open one. */
  staying: readonly Seq[]
  open: readonly Segment[]
}

/**
 * The messages that are the latest of their topic in the whole log, packed in segments with gaps. Reads
 * heads until each topic is found again, and chunks only where something stays of them. Rejects with a
 * StorageError.
 */
export async function survivorsOf(
  { kept, gone, staying, open }: Departure,
  stored: StoredChunks,
): Promise<Segment[]> {
  const latest = latestOf([...kept.map(({ head }) => head), ...gone])
  const forgetAll = (heads: readonly SegmentHead[]) => {
    for (const { topics } of heads) for (const topic of topics) latest.delete(topic)
  }
  forgetAll(open.map(({ head }) => head))
  // The newest first: most topics come again and again, so this seldom goes far.
  for (let end = staying.length; end > 0 && latest.size > 0; end -= HEADS_AT_ONCE) {
    forgetAll(await stored.heads(staying.slice(Math.max(0, end - HEADS_AT_ONCE), end)))
  }
  const seqs = new Set(latest.values())
  const entries = kept.flatMap((segment) => pick(segment, seqs))
  for (const head of gone) {
    if (!hasAny(head, seqs)) continue
    // One after the other, so that only one whole chunk is in memory for this.
    for (const chunk of await stored.chunks([head.firstSeq])) entries.push(...pick(chunk, seqs))
  }
  return packSparse(newest(entries))
}

/** The latest message of each topic in these segments. */
function latestOf(heads: readonly SegmentHead[]): Map<string, Seq> {
  const latest = new Map<string, Seq>()
  for (const head of heads) {
    const index = new DataView(head.index)
    const last: (number | undefined)[] = []
    for (let i = 0; i < head.count; i++) {
      if (index.getUint8(i * INDEX_STEP + 2) & MARK) continue
      last[index.getUint16(i * INDEX_STEP, true)] = i
    }
    for (const [topic, i] of last.entries()) {
      if (i !== undefined) latest.set(head.topics[topic] ?? '', seqAt(head, i))
    }
  }
  return latest
}

function hasAny({ firstSeq, count }: SegmentHead, seqs: ReadonlySet<Seq>): boolean {
  for (const seq of seqs) if (seq >= firstSeq && seq < firstSeq + count) return true
  return false
}

/** The entries of a segment with these seqs, with bytes of their own. */
function pick(segment: Segment, seqs: ReadonlySet<Seq>): StoredEntry[] {
  const picked: StoredEntry[] = []
  for (const entry of entriesOf(segment, 0, Infinity)) {
    if (entry.kind === 'mark' || !seqs.has(entry.seq)) continue
    const { properties, payload } = entry
    picked.push({ ...entry, properties: properties.slice(), payload: payload.slice() })
  }
  return picked
}

function newest(entries: readonly StoredEntry[]): StoredEntry[] {
  const kept: StoredEntry[] = []
  let bytes = 0
  for (const entry of entries.toReversed()) {
    if (kept.length === LARGEST_COUNT) break
    const size = entry.kind === 'mark' ? 0 : entry.payload.length + entry.properties.length
    if (bytes + size > LARGEST_SIZE) continue
    bytes += size
    kept.push(entry)
  }
  return kept.reverse()
}

/** Packs entries, ascending, that need not follow each other. */
function packSparse(entries: readonly StoredEntry[]): Segment[] {
  const { sealed, open } = append([], 0, entries)
  return [...sealed, ...open].map(({ head, body }) => {
    // Packed as if they followed each other from 0 on.
    const seqs = entries.slice(head.firstSeq, head.firstSeq + head.count).map(({ seq }) => seq)
    return { head: { ...head, firstSeq: seqs[0] ?? 0, seqs }, body }
  })
}
