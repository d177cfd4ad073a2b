import type { PublishOutcome, QoS } from '@/core/message.ts'
import type { Seq } from '@/core/units.ts'

const PENDING: PublishOutcome = { state: 'pending' }

/**
 * What became of the messages that this engine published. Only what is not plain success is kept, so it
 * stays small however many there are; what an earlier engine published is not known any more.
 */
export class Publications {
  readonly #firstSeq: Seq
  readonly #notable = new Map<Seq, PublishOutcome>()
  readonly #onChanged: () => void

  /** `firstSeq`: the end of the log when the engine started. */
  constructor(firstSeq: Seq, onChanged: () => void) {
    this.#firstSeq = firstSeq
    this.#onChanged = onChanged
  }

  /** Follows a message that was handed to the wire. `seq` resolves when it is in the log. */
  async follow(
    seq: Promise<Seq>,
    outcome: Promise<PublishOutcome>,
  ): Promise<{ seq: Seq; outcome: PublishOutcome }> {
    let latest = PENDING
    void outcome.then(async (final) => {
      latest = final
      this.#keep(await seq, final)
    })
    const stored = await seq
    this.#keep(stored, latest)
    return { seq: stored, outcome: latest }
  }

  /** What became of a published message of the log; undefined where it is not known. */
  outcomeOf(seq: Seq, qos: QoS): PublishOutcome | undefined {
    if (seq < this.#firstSeq) return undefined
    return this.#notable.get(seq) ?? plainSuccess(qos)
  }

  /** The log begins at `start` now. */
  forgetBefore(start: Seq): void {
    for (const seq of this.#notable.keys()) if (seq < start) this.#notable.delete(seq)
  }

  #keep(seq: Seq, outcome: PublishOutcome): void {
    const isPlain =
      outcome.state === 'sent' || (outcome.state === 'acknowledged' && outcome.reasonCode === 0)
    if (isPlain) this.#notable.delete(seq)
    else this.#notable.set(seq, outcome)
    this.#onChanged()
  }
}

function plainSuccess(qos: QoS): PublishOutcome {
  return qos === 0 ? { state: 'sent' } : { state: 'acknowledged', reasonCode: 0 }
}
