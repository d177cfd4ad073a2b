import type { ConnectionId } from '@/core/id.ts'
import type { Bytes, Seq } from '@/core/units.ts'
import type { Segment } from './segment.ts'

/** The newest 70,000 messages of 100 bytes: where readers are, and little beside a page’s own memory. */
const CACHE_BYTES: Bytes = 8 * 1024 * 1024

/** Keeps the sealed chunks that were used last, over all logs. */
export class ChunkCache {
  readonly #limit: Bytes
  /** In the order of their last use, which a Map keeps for us. */
  readonly #segments = new Map<string, { connection: ConnectionId; segment: Segment }>()
  #bytes: Bytes = 0

  constructor(limit: Bytes = CACHE_BYTES) {
    this.#limit = limit
  }

  get(connection: ConnectionId, firstSeq: Seq): Segment | undefined {
    const key = keyOf(connection, firstSeq)
    const found = this.#segments.get(key)
    if (!found) return undefined
    this.#segments.delete(key)
    this.#segments.set(key, found)
    return found.segment
  }

  /** A chunk that is larger than the whole cache is not kept. */
  add(connection: ConnectionId, segment: Segment): void {
    const key = keyOf(connection, segment.head.firstSeq)
    this.#drop(key)
    this.#segments.set(key, { connection, segment })
    this.#bytes += segment.head.bytes
    for (const oldest of this.#segments.keys()) {
      if (this.#bytes <= this.#limit) break
      this.#drop(oldest)
    }
  }

  forget(connection: ConnectionId): void {
    for (const [key, kept] of this.#segments) if (kept.connection === connection) this.#drop(key)
  }

  #drop(key: string): void {
    this.#bytes -= this.#segments.get(key)?.segment.head.bytes ?? 0
    this.#segments.delete(key)
  }
}

function keyOf(connection: ConnectionId, firstSeq: Seq): string {
  return `${connection} ${firstSeq}`
}
