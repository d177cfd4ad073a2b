import type { Bytes, Seq } from '@/core/units.ts'
import type { LogReader } from '@/log/logReader.ts'
import type { SegmentHead } from '@/log/segment.ts'
import type { SegmentSearch, Sifted } from '@/log/segmentSearch.ts'

/** Bodies that are read at once: enough to be quick, and little beside what a page takes itself. */
const PART_BYTES: Bytes = 8 * 1024 * 1024

/** Heads that are read at once: where they answer alone, their number of turns is what counts. */
const LARGEST_BATCH = 64

/** Chunks in a row, with what their heads left open; `bodies` are on their way. */
export type ChunkPart = {
  heads: SegmentHead[]
  sifted: (Sifted | undefined)[]
  /** Undefined where none is needed, or the log has it no more. Rejects with a StorageError. */
  bodies: Promise<(ArrayBuffer | undefined)[]>
}

/**
 * Reads these chunks in the given order, in parts that begin small, so that the first answer comes at
 * once, and do not grow beyond what memory has room for. Entries before `from` are left alone. The heads
 * of the next part are read, and its bodies asked for, while the caller is at work on the last one.
 */
export async function* readParts(
  reader: LogReader,
  tester: SegmentSearch,
  chunks: readonly Seq[],
  from?: Seq,
): AsyncGenerator<ChunkPart> {
  const source = partsOf(reader, tester, chunks, from)
  let next = source.next()
  for (;;) {
    const { value, done } = await next
    if (done) return
    next = source.next()
    // Whoever stops half way does not want to hear of it any more.
    next.catch(() => undefined)
    yield value
  }
}

async function* partsOf(
  reader: LogReader,
  tester: SegmentSearch,
  chunks: readonly Seq[],
  from: Seq | undefined,
): AsyncGenerator<ChunkPart, undefined> {
  for (const batch of batchesOf(chunks)) {
    const heads = await reader.heads(batch)
    for (let first = 0; first < heads.length;) {
      const last = endOfPart(heads, first)
      const part = heads.slice(first, last)
      const sifted = part.map((head) => tester.sift(head, from))
      const bodies = bodiesFor(reader, sifted)
      bodies.catch(() => undefined)
      yield { heads: part, sifted, bodies }
      first = last
    }
  }
  return undefined
}

function* batchesOf(chunks: readonly Seq[]): Generator<Seq[]> {
  let size = 1
  for (let first = 0; first < chunks.length;) {
    yield chunks.slice(first, first + size)
    first += size
    size = Math.min(size * 2, LARGEST_BATCH)
  }
}

/** Where the part that begins at `first` ends: one chunk at least. */
function endOfPart(heads: readonly SegmentHead[], first: number): number {
  let bytes = 0
  let last = first
  do {
    bytes += heads[last]?.bytes ?? 0
    last += 1
  } while (last < heads.length && bytes + (heads[last]?.bytes ?? 0) <= PART_BYTES)
  return last
}

async function bodiesFor(
  reader: LogReader,
  sifted: readonly (Sifted | undefined)[],
): Promise<(ArrayBuffer | undefined)[]> {
  const needed = sifted.map((each) => (each?.needsBody ? each.head : undefined))
  const wanted = needed.filter((head) => head !== undefined)
  const read = await reader.bodies(wanted)
  return needed.map((head) => (head ? read[wanted.indexOf(head)] : undefined))
}
