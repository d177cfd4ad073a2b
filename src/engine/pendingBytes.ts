import type { Bytes } from '@/core/units.ts'

/** Above this, messages of QoS 0 are counted and not kept. */
const PENDING_LIMIT: Bytes = 64 * 1024 * 1024

/** How much of all connections waits in memory for storage. */
export class PendingBytes {
  readonly #limit: Bytes
  #bytes: Bytes = 0

  constructor(limit: Bytes = PENDING_LIMIT) {
    this.#limit = limit
  }

  get isFull(): boolean {
    return this.#bytes >= this.#limit
  }

  add(bytes: Bytes): void {
    this.#bytes += bytes
  }

  remove(bytes: Bytes): void {
    this.#bytes -= bytes
  }
}
