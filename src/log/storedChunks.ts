import type { ConnectionId } from '@/core/id.ts'
import { storageError } from '@/core/storageError.ts'
import type { Seq } from '@/core/units.ts'
import type { LogDatabase } from './database.ts'
import type { Segment, SegmentHead } from './segment.ts'

/** Heads that are read at once: few enough to be small, many enough to be quick. */
export const HEADS_AT_ONCE = 64

/** Reads the sealed chunks of one log; each is named by the seq of its first entry. */
export class StoredChunks {
  readonly #database: LogDatabase
  readonly #connection: ConnectionId

  constructor(database: LogDatabase, connection: ConnectionId) {
    this.#database = database
    this.#connection = connection
  }

  /**
   * These chunks, out of the cache where it has them; one that is gone in the meantime is left out.
   * Rejects with a StorageError.
   */
  async chunks(wanted: readonly Seq[]): Promise<Segment[]> {
    const { cache } = this.#database
    const known = wanted.map((firstSeq) => cache.get(this.#connection, firstSeq))
    const missing = wanted.filter((_, i) => !known[i])
    if (missing.length > 0) {
      const read = await this.#read(missing)
      for (const segment of read) known[wanted.indexOf(segment.head.firstSeq)] = segment
    }
    return known.filter((segment) => segment !== undefined)
  }

  /** The heads from the first to the last of these chunks. Rejects with a StorageError. */
  async heads(wanted: readonly Seq[]): Promise<SegmentHead[]> {
    if (wanted.length === 0) return []
    const keys = IDBKeyRange.bound([this.#connection, wanted[0]], [this.#connection, wanted.at(-1)])
    try {
      return await this.#database.stores.getAll('heads', keys)
    } catch (error) {
      throw storageError('log', error)
    }
  }

  async #read(wanted: readonly Seq[]): Promise<Segment[]> {
    const { stores, cache } = this.#database
    try {
      const transaction = stores.transaction(['heads', 'chunks'])
      const read = wanted.map(async (firstSeq) => {
        const key: [ConnectionId, Seq] = [this.#connection, firstSeq]
        const [head, body] = await Promise.all([
          transaction.objectStore('heads').get(key),
          transaction.objectStore('chunks').get(key),
        ])
        return head && body ? { head, body } : undefined
      })
      const [pairs] = await Promise.all([Promise.all(read), transaction.done])
      const segments = pairs.filter((segment) => segment !== undefined)
      for (const segment of segments) cache.add(this.#connection, segment)
      return segments
    } catch (error) {
      throw storageError('log', error)
    }
  }
}
