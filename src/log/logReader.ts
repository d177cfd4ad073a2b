import type { ConnectionId } from '@/core/id.ts'
import { storageError } from '@/core/storageError.ts'
import type { Bytes, Seq } from '@/core/units.ts'
import { ChunkCache } from './chunkCache.ts'
import { openLogDatabase, type LogDatabase } from './database.ts'
import { readSnapshot, type LogSnapshot } from './logSnapshot.ts'
import type { SegmentHead } from './segment.ts'

/** About a million messages of 100 bytes, for whoever reads a log again and again. */
const CACHE_BYTES: Bytes = 128 * 1024 * 1024

/**
 * Reads a log that somebody else writes. What it has once read of sealed chunks it keeps, as far as
 * there is room: they never change. Chunks that are gone in the meantime are left out of what it gives.
 * Everything rejects with a StorageError, also when a newer build has taken the database.
 */
export class LogReader {
  readonly #database: LogDatabase
  readonly #connection: ConnectionId
  readonly #heads = new Map<Seq, SegmentHead>()
  readonly #cache = new ChunkCache(CACHE_BYTES)

  private constructor(database: LogDatabase, connection: ConnectionId) {
    this.#database = database
    this.#connection = connection
  }

  /** Opens the database; it is closed again when somebody wants to change it. */
  static async open(connection: ConnectionId): Promise<LogReader> {
    const ignore = () => undefined
    const database = await openLogDatabase({
      onBlocked: ignore,
      onSuperseded: ignore,
      onTerminated: ignore,
    })
    return new LogReader(database, connection)
  }

  snapshot(): Promise<LogSnapshot> {
    return readSnapshot(this.#database, this.#connection)
  }

  /** The heads of these chunks, in the same order. */
  async heads(wanted: readonly Seq[]): Promise<SegmentHead[]> {
    const missing = wanted.filter((seq) => !this.#heads.has(seq))
    if (missing.length > 0) {
      const keys = IDBKeyRange.bound(
        [this.#connection, Math.min(...missing)],
        [this.#connection, Math.max(...missing)],
      )
      const read = await this.#read(() => this.#database.stores.getAll('heads', keys))
      for (const head of read) this.#heads.set(head.firstSeq, head)
    }
    return wanted.flatMap((seq) => this.#heads.get(seq) ?? [])
  }

  /** The bodies of chunks with these heads, in the same order; undefined for one that is gone. */
  async bodies(wanted: readonly SegmentHead[]): Promise<(ArrayBuffer | undefined)[]> {
    const bodies = wanted.map(({ firstSeq }) => this.#cache.get(this.#connection, firstSeq)?.body)
    const missing = wanted.filter((_, i) => !bodies[i])
    if (missing.length === 0) return bodies
    const read = await this.#read(() => {
      const store = this.#database.stores.transaction('chunks').store
      return Promise.all(missing.map(({ firstSeq }) => store.get([this.#connection, firstSeq])))
    })
    for (const [i, body] of read.entries()) {
      const head = missing[i]
      if (!head || !body) continue
      this.#cache.add(this.#connection, { head, body })
      bodies[wanted.indexOf(head)] = body
    }
    return bodies
  }

  /** Forgets what was read of chunks that the log has no more. */
  forget(isGone: (firstSeq: Seq) => boolean): void {
    for (const seq of this.#heads.keys()) if (isGone(seq)) this.#heads.delete(seq)
  }

  close(): void {
    this.#database.stores.close()
    this.#heads.clear()
    this.#cache.forget(this.#connection)
  }

  async #read<Result>(read: () => Promise<Result>): Promise<Result> {
    try {
      return await read()
    } catch (error) {
      throw storageError('log', error)
    }
  }
}
