import type { Milliseconds } from '@/core/units.ts'
import { ROW_STEP, type SegmentHead } from './segment.ts'

const WORDS = ROW_STEP / 4

/**
 * Where the entries of a segment lie in its body, read as they are asked for. Rows are little-endian,
 * and so is every machine that browsers run on: typed arrays read them several times as fast as a
 * DataView, where a search asks for a million.
 */
export class SegmentRows {
  readonly count: number
  /** The body; places count from its first byte. */
  readonly bytes: Uint8Array
  readonly #base: number
  readonly #words: Uint32Array
  readonly #times: Int32Array

  constructor({ count }: SegmentHead, body: ArrayBuffer) {
    this.count = count
    this.bytes = new Uint8Array(body)
    this.#base = count * ROW_STEP
    this.#words = new Uint32Array(body, 0, count * WORDS)
    this.#times = new Int32Array(body, 0, count * WORDS)
  }

  /** Where the payload of entry `i` begins. */
  startOf(i: number): number {
    const before = i === 0 ? 0 : (this.#words[(i - 1) * WORDS] ?? 0)
    return this.#base + before + (this.#words[i * WORDS + 2] ?? 0)
  }

  /** Where it ends (not included). */
  endOf(i: number): number {
    return this.#base + (this.#words[i * WORDS] ?? 0)
  }

  /** When entry `i` happened, from the `baseTime` of the head on. */
  timeOf(i: number): Milliseconds {
    return this.#times[i * WORDS + 1] ?? 0
  }
}
