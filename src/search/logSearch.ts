import type { Search } from '@/core/search/search.ts'
import type { Milliseconds, Seq } from '@/core/units.ts'
import type { LogReader } from '@/log/logReader.ts'
import type { LogSnapshot } from '@/log/logSnapshot.ts'
import type { Segment } from '@/log/segment.ts'
import { SegmentSearch } from '@/log/segmentSearch.ts'
import { readParts, type ChunkPart } from './chunkParts.ts'
import { FoundHits } from './foundHits.ts'
import type { SearchEvent, SearchId } from './protocol.ts'

/** After so long commands are listened to, whatever is at hand. */
const LONGEST_TURN: Milliseconds = 16

export type LogSearchOptions = {
  id: SearchId
  search: Search
  emit: (event: SearchEvent) => void
  now: () => Milliseconds
  /** Resolves when commands have been heard that came in the meantime. */
  nextTurn: () => Promise<void>
}

/**
 * One search of one log: back through all that there is, from the newest entry on, and at the same time
 * through what comes. It looks at the log when it is told to, and begins anew when the log was emptied.
 */
export class LogSearch {
  readonly #options: LogSearchOptions
  readonly #reader: LogReader
  readonly #tester: SegmentSearch
  #found: FoundHits
  /** The chunks of the past that are still to be tested. */
  #past: AsyncGenerator<ChunkPart> | undefined
  /** What outlived chunks that were let go, until it was tested: the oldest of all. */
  #kept: readonly Segment[] = []
  #cleared = -1
  #start: Seq = 0
  /** The seq behind the newest entry that was tested. */
  #end: Seq = 0
  #tested = 0
  #total = 0
  #isOver = false
  #hasNews = false
  #wake: (() => void) | undefined
  #turnedAt: Milliseconds

  constructor(reader: LogReader, options: LogSearchOptions) {
    this.#reader = reader
    this.#options = options
    this.#tester = new SegmentSearch(options.search)
    this.#found = this.#gather()
    this.#turnedAt = options.now()
  }

  /** Searches until it is stopped. Rejects with a StorageError. */
  async run(): Promise<void> {
    this.#begin(await this.#reader.snapshot())
    while (!this.#isOver) {
      if (this.#hasNews) {
        this.#hasNews = false
        await this.#catchUp()
      } else if (this.#past) {
        await this.#goBack(this.#past)
      } else {
        this.#found.tell()
        await this.#news()
      }
      await this.#breathe()
    }
  }

  /** The log may have changed. */
  look(): void {
    this.#hasNews = true
    this.#wake?.()
  }

  stop(): void {
    this.#isOver = true
    this.#wake?.()
  }

  #begin({ record, kept, sealed, open }: LogSnapshot): void {
    const { id } = this.#options
    this.#cleared = record.counters.cleared
    this.#start = record.start
    this.#end = record.end
    this.#tested = 0
    this.#total = record.end - record.start
    this.#kept = kept
    this.#past = readParts(this.#reader, this.#tester, sealed.toReversed())
    this.#found = this.#gather()
    this.#emit({ type: 'emptied', id, cleared: this.#cleared })
    for (const segment of open.toReversed()) {
      this.#found.addOlder(this.#hitsOf(segment))
      this.#tested += segment.head.count
    }
    this.#found.offer()
  }

  /** Tests the next part of what was there already. */
  async #goBack(past: AsyncGenerator<ChunkPart>): Promise<void> {
    const { value: part } = (await past.next()) as { value: ChunkPart | undefined }
    if (!part) {
      this.#past = undefined
      for (const segment of this.#kept.toReversed()) this.#found.addOlder(this.#hitsOf(segment))
      this.#kept = []
      this.#tested = this.#total
      return
    }
    await this.#test(part, (hits) => this.#found.addOlder(hits))
  }

  async #catchUp(): Promise<void> {
    const snapshot = await this.#reader.snapshot()
    const { record, sealed, open } = snapshot
    if (record.counters.cleared !== this.#cleared) {
      this.#reader.forget(() => true)
      this.#begin(snapshot)
      return
    }
    if (record.start !== this.#start) this.#shorten(snapshot)
    const from = this.#end
    // Of the last chunk that begins before this point, part may be new as well.
    const first = sealed.findLastIndex((seq) => seq <= from)
    const isAllInOpen = from >= (open[0]?.head.firstSeq ?? record.end)
    const chunks = isAllInOpen ? [] : sealed.slice(Math.max(0, first))
    for await (const part of readParts(this.#reader, this.#tester, chunks, from)) {
      await this.#test(part, (hits) => this.#found.addNewer(hits), from)
      if (this.#isOver) return
    }
    for (const segment of open) {
      const { firstSeq, count } = segment.head
      if (firstSeq + count > from) this.#found.addNewer(this.#hitsOf(segment, from))
    }
    this.#end = record.end
    // Only now, so that what comes never makes a search that was done look unfinished.
    this.#total += record.end - from
    this.#tested += record.end - Math.max(from, open[0]?.head.firstSeq ?? record.end)
    this.#found.offer()
  }

  /** The log let its oldest chunks go; what is left of them may be hits that were not hits before. */
  #shorten({ record: { start }, kept }: LogSnapshot): void {
    const { id } = this.#options
    this.#reader.forget((firstSeq) => firstSeq < start)
    this.#start = start
    this.#kept = []
    this.#found.dropBefore(start)
    const hits = kept.flatMap((segment) => this.#hitsOf(segment))
    this.#emit({ type: 'shortened', id, start, kept: hits })
  }

  async #test(part: ChunkPart, add: (hits: Seq[]) => void, from: Seq = 0): Promise<void> {
    const bodies = await part.bodies
    for (const [i, sifted] of part.sifted.entries()) {
      if (this.#isOver) return
      const { firstSeq = 0, count = 0 } = part.heads[i] ?? {}
      const body = bodies[i]
      // A chunk that is gone was emptied or let go, which the next look at the log will tell.
      if (sifted && (body || !sifted.needsBody)) add(this.#tester.finish(sifted, body))
      this.#tested += Math.min(count, firstSeq + count - from)
      this.#found.offer()
      await this.#breathe()
    }
  }

  #hitsOf({ head, body }: Segment, from?: Seq): Seq[] {
    const sifted = this.#tester.sift(head, from)
    return sifted ? this.#tester.finish(sifted, sifted.needsBody ? body : undefined) : []
  }

  #gather(): FoundHits {
    const { id, now } = this.#options
    return new FoundHits((found) => {
      const [tested, total] = [Math.min(this.#tested, this.#total), this.#total]
      this.#emit({ type: 'found', id, ...found, tested, total })
    }, now)
  }

  #emit(event: SearchEvent): void {
    if (!this.#isOver) this.#options.emit(event)
  }

  async #breathe(): Promise<void> {
    const { now, nextTurn } = this.#options
    if (now() - this.#turnedAt < LONGEST_TURN) return
    await nextTurn()
    this.#turnedAt = now()
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#hasNews || this.#isOver) resolve()
      else this.#wake = resolve
    })
  }
}
