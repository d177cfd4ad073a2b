import {
  KEPT_OF_VALUE,
  KEPT_TOPICS,
  type SysUpdate,
  type SysValue,
} from '@/core/brokerStatus/sysValue.ts'
import type { ReceivedPublish } from './wire/wire.ts'

/** Before the first value. */
export const ALL = -1

/** The latest value of each topic under `$SYS`, those that came last. */
export class SysValues {
  /** In the order in which they came. */
  readonly #values = new Map<string, SysValue>()
  readonly #decoder = new TextDecoder()
  #seq = 0
  #letGo = 0

  take({ topic, payload, retain, time }: ReceivedPublish): void {
    const text = this.#decoder.decode(payload.subarray(0, KEPT_OF_VALUE))
    const isCut = payload.length > KEPT_OF_VALUE
    // Deleted first, so that it comes last.
    this.#values.delete(topic)
    this.#values.set(topic, { topic, text, isCut, retained: retain, time, seq: this.#seq++ })
    if (this.#values.size <= KEPT_TOPICS) return
    const [oldest] = this.#values.keys()
    if (oldest !== undefined) this.#values.delete(oldest)
    this.#letGo += 1
  }

  clear(): void {
    this.#values.clear()
    this.#letGo = 0
  }

  /** The values after this one; after `ALL` every one. */
  read(after: number): SysUpdate {
    const all = [...this.#values.values()]
    return {
      values: all.filter(({ seq }) => seq > after),
      start: all[0]?.seq ?? this.#seq,
      letGo: this.#letGo,
    }
  }

  /** The last value that came. */
  get latest(): number {
    return this.#seq - 1
  }
}
