import type { Bytes } from '@/core/units.ts'

const MIB: Bytes = 1024 * 1024

/** How much of all connections may wait in memory for storage. */
export type PendingLimits = {
  /** Above this, brokers are slowed down. */
  slow: Bytes
  /** Above this, messages of QoS 0 are counted and not kept while storage fails. */
  failing: Bytes
  /** The same while storage is only slow: slowing brokers down holds it far below, where it works. */
  behind: Bytes
}

const PENDING_LIMITS: PendingLimits = {
  slow: 24 * MIB,
  failing: 64 * MIB,
  behind: 256 * MIB,
}

/** Counts what waits in memory for storage, over all connections. */
export class PendingBytes {
  readonly limits: PendingLimits
  #bytes: Bytes = 0

  constructor(limits: Partial<PendingLimits> = {}) {
    this.limits = { ...PENDING_LIMITS, ...limits }
  }

  get bytes(): Bytes {
    return this.#bytes
  }

  get isBehind(): boolean {
    return this.#bytes >= this.limits.slow
  }

  /** Whether there is room for more messages that nobody would send again. */
  hasRoom(isFailing: boolean): boolean {
    return this.#bytes < (isFailing ? this.limits.failing : this.limits.behind)
  }

  add(bytes: Bytes): void {
    this.#bytes += bytes
  }

  remove(bytes: Bytes): void {
    this.#bytes -= bytes
  }
}
