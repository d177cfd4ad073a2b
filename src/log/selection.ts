import type { Direction } from '@/core/message.ts'
import type { Seq } from '@/core/units.ts'
import { INDEX_STEP, MARK, OUT, seqAt } from './segment.ts'
import type { SegmentHead } from './segment.ts'

/** Which messages of a log are wanted. Absent: all. `matchesTopic` must not change its mind. */
export type LogFilter = { direction?: Direction; matchesTopic?: (topic: string) => boolean }

/** Tests the messages of heads against a filter, and each distinct topic only once. */
export class Selection {
  readonly #direction: Direction | undefined
  readonly #matchesTopic: (topic: string) => boolean
  readonly #verdicts = new Map<string, boolean>()

  constructor({ direction, matchesTopic }: LogFilter) {
    this.#direction = direction
    this.#matchesTopic = matchesTopic ?? (() => true)
  }

  /** Adds the seqs, from `from` on, of the messages in a segment that pass to `found`, ascending. */
  collect(head: SegmentHead, from: Seq, found: Seq[]): void {
    if (this.#direction === 'in' && head.received === 0) return
    if (this.#direction === 'out' && head.published === 0) return
    const verdicts = head.topics.map((topic) => this.#passes(topic))
    if (!verdicts.includes(true)) return
    const index = new DataView(head.index)
    const first = head.seqs ? 0 : Math.max(0, from - head.firstSeq)
    for (let i = first; i < head.count; i++) {
      const flags = index.getUint8(i * INDEX_STEP + 2)
      if (flags & MARK) continue
      if (this.#direction && (flags & OUT) !== (this.#direction === 'out' ? OUT : 0)) continue
      if (!verdicts[index.getUint16(i * INDEX_STEP, true)]) continue
      const seq = seqAt(head, i)
      if (seq >= from) found.push(seq)
    }
  }

  #passes(topic: string): boolean {
    const known = this.#verdicts.get(topic)
    if (known !== undefined) return known
    const verdict = this.#matchesTopic(topic)
    this.#verdicts.set(topic, verdict)
    return verdict
  }
}
