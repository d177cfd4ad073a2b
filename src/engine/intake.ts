import type { Mark } from '@/core/message.ts'
import type { PublishPacket } from '@/core/packet/publish.ts'
import type { Bytes, EpochMs, Milliseconds, Seq } from '@/core/units.ts'
import type { LogMessage } from '@/log/entry.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import {
  applyReceipt,
  batchOf,
  countForWrite,
  isUrgent,
  weigh,
  type Acknowledger,
  type Batch,
  type Item,
  type Receipt,
} from './batch.ts'
import type { Clock } from './clock.ts'
import type { PendingBytes } from './pendingBytes.ts'

/** How long a message for which nobody waits may be gathered with others. */
export const GATHERING: Milliseconds = 50

/** What is gathered so far is enough to be written at once: several chunks' worth. */
const ENOUGH: Bytes = 1024 * 1024

/** One write is not larger than about this, so that packing it does not hold up the worker. */
const WRITE_LIMIT: Bytes = 4 * 1024 * 1024

/** Waits after a write that failed: they double from the first to the longest. */
export const FIRST_WAIT: Milliseconds = 1_000
const LONGEST_WAIT: Milliseconds = 30_000

export type IntakeOptions = {
  log: MessageLog
  clock: Clock
  pending: PendingBytes
  /** A write was committed and its acknowledgements are sent. */
  onStored: () => void
  /** The first of several writes in a row that failed. Everything is kept and tried again. */
  onFailed: (error: unknown) => void
  /** Something else went wrong, which is a bug of ours. */
  onUnexpected: (error: unknown) => void
}

/**
 * The way from the wire into the log, and the only writer of it. What happens is gathered while one
 * write runs and is written by the next one, in order, so a slow disk makes larger writes. A message is
 * acknowledged when it is stored and not before, and with it everything that one write stored.
 *
 * While storage fails, messages of QoS 1 and 2 stay unacknowledged in memory, which the broker's own
 * limit bounds. QoS 0 is kept as far as `PendingBytes` allows; beyond, it is counted, and a mark will
 * say so at that place of the log. Storage that is only slow slows the brokers down: see `brake.ts`.
 */
export class Intake {
  readonly #options: IntakeOptions
  /** What the write that runs, or failed, has taken. */
  #writing: Item[] = []
  #writingBytes: Bytes = 0
  #waiting: Item[] = []
  /** What `#waiting` weighs. */
  #waitingBytes: Bytes = 0
  /** Identifiers of QoS 2 messages that await their PUBREL once everything here is written. */
  readonly #awaiting: Set<number>
  #isRunning = false
  /** Ends the wait before the next write. */
  #wake: (() => void) | undefined
  #failures = 0
  #isClosed = false
  #settled: (() => void)[] = []

  constructor(options: IntakeOptions) {
    this.#options = options
    this.#awaiting = new Set(options.log.awaitingRelease)
  }

  /** Whether the last write failed. */
  get isFailing(): boolean {
    return this.#failures > 0
  }

  /** Whether nothing waits that has to be acknowledged. */
  get isAcknowledged(): boolean {
    const isDue = (item: Item) => 'receipt' in item
    return !this.#writing.some(isDue) && !this.#waiting.some(isDue)
  }

  /**
   * Takes a received message. `from` gets its acknowledgement once it is stored. Gives whether it is a
   * new one: false where the broker repeats a message of QoS 2 that is taken already.
   */
  receive(
    publish: PublishPacket & { time: EpochMs },
    queued: boolean,
    from: Acknowledger,
  ): boolean {
    const { topic, qos, retain, dup, packetId, properties, payload, time } = publish
    const entry: LogMessage = {
      kind: 'message',
      direction: 'in',
      ...{ time, topic, qos, retain, dup, queued, properties, payload },
    }
    if (qos === 0) this.#addUnlessFull(entry)
    else if (qos === 1) this.#add({ type: 'message', entry, receipt: receipt('puback') })
    else if (this.#awaiting.has(packetId)) {
      this.#add({ type: 'repeated', receipt: receipt('pubrec') })
      return false
    } else this.#add({ type: 'message', entry, receipt: receipt('pubrec') })
    return true

    function receipt(kind: 'puback' | 'pubrec'): Receipt {
      return { to: from, acknowledgement: { kind, packetId } }
    }
  }

  /** A PUBREL: `from` gets a PUBCOMP once the identifier is forgotten for good. */
  release(packetId: number, from: Acknowledger): void {
    this.#add({
      type: 'released',
      receipt: { to: from, acknowledgement: { kind: 'pubcomp', packetId } },
    })
  }

  /** Takes a message that was published; resolves with its seq when it is stored. */
  publish(entry: LogMessage): Promise<Seq> {
    return new Promise((stored) => this.#add({ type: 'message', entry, stored }))
  }

  mark(mark: Mark): void {
    const time = this.#options.clock.now()
    this.#add({ type: 'mark', entry: { kind: 'mark', time, mark } })
  }

  /** The broker has no session of ours any more, so none of its QoS 2 messages await a PUBREL. */
  startSession(): void {
    if (this.#awaiting.size > 0) this.#add({ type: 'newSession' })
  }

  /** Resolves when nothing waits, or after `limit`. */
  async settled(limit: Milliseconds): Promise<void> {
    if (!this.#isRunning && this.#waiting.length === 0) return
    this.#wake?.()
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(limit, resolve)
      this.#settled.push(() => {
        cancel()
        resolve()
      })
    })
  }

  /** Nothing is written any more once the write that runs has ended. */
  close(): void {
    this.#isClosed = true
    this.#wake?.()
    if (!this.#isRunning) this.#discard()
  }

  #addUnlessFull(entry: LogMessage): void {
    if (this.#options.pending.hasRoom(this.isFailing)) {
      this.#add({ type: 'message', entry })
      return
    }
    const last = this.#waiting.at(-1)
    if (last?.type === 'dropped') {
      last.count += 1
      last.to = entry.time
      return
    }
    const reason = this.isFailing ? 'storage-failed' : 'storage-slow'
    this.#add({ type: 'dropped', count: 1, from: entry.time, to: entry.time, reason })
  }

  #add(item: Item): void {
    if (this.#isClosed) return
    applyReceipt(item, this.#awaiting)
    const weight = weigh(item)
    this.#waiting.push(item)
    this.#waitingBytes += weight
    this.#options.pending.add(weight)
    if (!this.#isRunning) this.#start()
    else if (!this.isFailing && (isUrgent(item) || this.#hasEnough)) this.#wake?.()
  }

  get #hasEnough(): boolean {
    return this.#waitingBytes >= ENOUGH
  }

  #start(): void {
    this.#isRunning = true
    this.#run()
      .catch((error: unknown) => this.#options.onUnexpected(error))
      .finally(() => {
        this.#isRunning = false
        if (this.#isClosed) this.#discard()
        // Something was added after the last look.
        if (this.#hasWork) this.#start()
        else for (const settled of this.#settled.splice(0)) settled()
      })
  }

  async #run(): Promise<void> {
    // All messages of one WebSocket message are added before this goes on.
    await Promise.resolve()
    while (this.#hasWork) {
      if (this.isFailing) await this.#wait(failureWait(this.#failures))
      else if (!this.#hasEnough && !this.#waiting.some(isUrgent)) await this.#wait(GATHERING)
      await this.#write()
    }
  }

  get #hasWork(): boolean {
    return !this.#isClosed && this.#writing.length + this.#waiting.length > 0
  }

  async #write(): Promise<void> {
    if (!this.#hasWork) return
    const { log, pending, onStored, onFailed } = this.#options
    // What failed is written again as it was: it must not grow into a write that can never succeed.
    if (this.#writing.length === 0) {
      this.#writing = this.#waiting.splice(0, countForWrite(this.#waiting, WRITE_LIMIT))
      this.#writingBytes = weighAll(this.#writing)
      this.#waitingBytes -= this.#writingBytes
    }
    const batch = batchOf(this.#writing, log.awaitingRelease)
    let first: Seq
    try {
      const { entries, awaitingRelease, dropped } = batch
      first = await log.write(entries, { awaitingRelease, dropped })
    } catch (error) {
      this.#failures += 1
      if (this.#failures === 1) onFailed(error)
      return
    }
    pending.remove(this.#writingBytes)
    this.#writing = []
    this.#writingBytes = 0
    this.#failures = 0
    answer(batch, first)
    onStored()
  }

  #discard(): void {
    this.#options.pending.remove(this.#writingBytes + this.#waitingBytes)
    this.#writing = []
    this.#waiting = []
    this.#writingBytes = this.#waitingBytes = 0
  }

  async #wait(time: Milliseconds): Promise<void> {
    await new Promise<void>((resolve) => {
      const cancel = this.#options.clock.after(time, resolve)
      this.#wake = () => {
        cancel()
        resolve()
      }
    })
    this.#wake = undefined
  }
}

function weighAll(items: readonly Item[]): Bytes {
  return items.reduce((sum, item) => sum + weigh(item), 0)
}

function failureWait(failures: number): Milliseconds {
  return Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 10))
}

/** Sends the acknowledgements, joined for each wire, and says the seqs. */
function answer({ receipts, stored }: Batch, first: Seq): void {
  const byWire = new Map<Acknowledger, Receipt[]>()
  for (const receipt of receipts) {
    const others = byWire.get(receipt.to)
    if (others) others.push(receipt)
    else byWire.set(receipt.to, [receipt])
  }
  for (const [wire, all] of byWire) {
    wire.acknowledge(all.map(({ acknowledgement }) => acknowledgement))
  }
  for (const { index, call } of stored) call(first + index)
}
