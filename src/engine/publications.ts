import type { PublishOutcome, QoS } from '@/core/message.ts'
import type { Milliseconds, Seq } from '@/core/units.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import type { Clock } from './clock.ts'
import type { Handshake } from './wire/wire.ts'

/** Answers are gathered for so long before the log is told of them in one write; nobody waits for it. */
export const SETTLING_PERIOD: Milliseconds = 1_000

/** Somebody may look at the list, so what joins it is said sooner. */
const LISTING_PERIOD: Milliseconds = 100

const PENDING: PublishOutcome = { state: 'pending' }
const RECEIVED: PublishOutcome = { state: 'received' }
const UNACKNOWLEDGED: PublishOutcome = { state: 'unacknowledged' }

export type PublicationsOptions = {
  log: MessageLog
  clock: Clock
  /** What is said of some message changed. */
  onChanged: () => void
  /** Other messages are unacknowledged now. */
  onListed: () => void
  onError: (error: unknown) => void
}

/**
 * What became of the messages that were published. Only what is not plain success is kept, so it stays
 * small however many there are. Of what an earlier engine published, only what the log calls
 * unacknowledged is known.
 *
 * The log counts a message as unacknowledged from the very write that stores it and is told of its answer
 * a little later, many at once. So an engine that dies in between leaves a message in the list that was
 * answered already, and never loses one that was not.
 */
export class Publications {
  readonly #options: PublicationsOptions
  /** The end of the log when the engine started. */
  readonly #firstSeq: Seq
  /** Undefined: nothing is known of it any more. */
  readonly #notable: Map<Seq, PublishOutcome | undefined>
  /** Those that have left the list, and the log does not know. */
  #settled: Seq[] = []
  #isListStale = false
  #stopTimer: (() => void) | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: PublicationsOptions) {
    const { log } = options
    this.#options = options
    this.#firstSeq = log.end
    this.#notable = new Map(log.unacknowledged.map((seq) => [seq, UNACKNOWLEDGED]))
  }

  /** The seqs, ascending, of those that the broker had not answered when their connection ended. */
  get unacknowledged(): Seq[] {
    return [...this.#notable.keys()].filter((seq) => this.isUnacknowledged(seq)).sort(ascending)
  }

  isUnacknowledged(seq: Seq): boolean {
    return this.#notable.get(seq)?.state === 'unacknowledged'
  }

  /** Follows a message that was handed to the wire. `stored` resolves with its seq when it is in the log. */
  async follow(
    stored: Promise<Seq>,
    { outcome, received }: Handshake,
  ): Promise<{ seq: Seq; outcome: PublishOutcome }> {
    let latest = PENDING
    const known: { seq?: Seq } = {}
    const proceed = (next: PublishOutcome) => {
      latest = next
      if (known.seq !== undefined) this.#keep(known.seq, next)
    }
    // It is heard of before the outcome, also where both are there already.
    void received?.then(() => proceed(RECEIVED))
    void outcome.then(proceed)
    const seq = await stored
    known.seq = seq
    this.#keep(seq, latest)
    return { seq, outcome: latest }
  }

  /** What became of a published message of the log; undefined where it is not known. */
  outcomeOf(seq: Seq, qos: QoS): PublishOutcome | undefined {
    if (seq < this.#firstSeq || this.#notable.has(seq)) return this.#notable.get(seq)
    return plainSuccess(qos)
  }

  /** Takes unacknowledged messages out of the list; what became of them is not known from then on. */
  discard(seqs: readonly Seq[]): void {
    const listed = seqs.filter((seq) => this.isUnacknowledged(seq))
    if (listed.length === 0) return
    for (const seq of listed) this.#notable.set(seq, undefined)
    this.#settled.push(...listed)
    this.#isListStale = true
    this.#options.onChanged()
    this.#proceed()
  }

  /** The log has let messages go. */
  forgetGone(): void {
    const { start, unacknowledged } = this.#options.log
    const listed = new Set(unacknowledged)
    for (const [seq, outcome] of this.#notable) {
      if (seq >= start || listed.has(seq)) continue
      this.#notable.delete(seq)
      if (outcome?.state === 'unacknowledged') this.#isListStale = true
    }
    if (this.#isListStale) this.#proceed()
  }

  /** Resolves when the log knows all that there is to know, or could not be told. Never rejects. */
  async settled(): Promise<void> {
    this.#proceed()
    await this.#writing
  }

  #keep(seq: Seq, outcome: PublishOutcome): void {
    if (!this.#isThere(seq)) return
    const { state } = outcome
    const isPlain = state === 'sent' || (state === 'acknowledged' && outcome.reasonCode === 0)
    if (isPlain) this.#notable.delete(seq)
    else this.#notable.set(seq, outcome)
    if (state === 'acknowledged' || state === 'refused') this.#settled.push(seq)
    if (state === 'unacknowledged') this.#list()
    if (this.#settled.length > 0) {
      this.#stopTimer ??= this.#options.clock.after(SETTLING_PERIOD, () => this.#proceed())
    }
    this.#options.onChanged()
  }

  #list(): void {
    if (this.#isListStale) return
    this.#isListStale = true
    this.#options.clock.after(LISTING_PERIOD, () => this.#proceed())
  }

  /** Tells the pages and the log what they do not know yet. */
  #proceed(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    if (this.#isListStale) this.#options.onListed()
    this.#isListStale = false
    this.#writing = this.#writing.then(() => this.#write())
  }

  async #write(): Promise<void> {
    const seqs = this.#settled
    if (seqs.length === 0) return
    this.#settled = []
    try {
      await this.#options.log.settle(seqs)
    } catch (error) {
      // With the next answer it is tried again; until then the list is too long at worst.
      this.#settled = [...seqs, ...this.#settled]
      this.#options.onError(error)
    }
  }

  #isThere(seq: Seq): boolean {
    const { log } = this.#options
    return seq >= log.start || log.unacknowledged.includes(seq)
  }
}

function ascending(one: Seq, other: Seq): number {
  return one - other
}

function plainSuccess(qos: QoS): PublishOutcome {
  return qos === 0 ? { state: 'sent' } : { state: 'acknowledged', reasonCode: 0 }
}
