import type { PublishFailure } from '@/core/failure.ts'
import type { OutgoingMessage } from '@/core/message.ts'
import { decodePublishProperties } from '@/core/packet/properties.ts'
import type { Seq } from '@/core/units.ts'
import type { LogMessage } from '@/log/entry.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import type { Publications } from './publications.ts'

/** So many are read and published together, so that their payloads need not all be in memory. */
const AT_ONCE = 256

export type ResendingOptions = {
  log: MessageLog
  publications: Publications
  /** Resolves when the message is in the log, or with the reason why it was not sent. */
  publish: (message: OutgoingMessage) => Promise<{ seq: Seq } | { failure: PublishFailure }>
}

/**
 * Publishes unacknowledged messages once more, as new ones. Each leaves the list when its successor is in
 * the log: that is in the list from then on, should it not be acknowledged either.
 */
export class Resending {
  readonly #options: ResendingOptions
  /** One after the other, so that a message that is asked for twice is sent once. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: ResendingOptions) {
    this.#options = options
  }

  /**
   * Sends those of these that are unacknowledged, in the order of the log. Resolves when they are stored,
   * with the first reason why one was not sent. Rejects with a StorageError.
   */
  send(seqs: readonly Seq[]): Promise<PublishFailure | undefined> {
    const sent = this.#queue.then(() => this.#sendAll([...seqs].sort((a, b) => a - b)))
    this.#queue = sent.catch(() => undefined)
    return sent
  }

  async #sendAll(seqs: readonly Seq[]): Promise<PublishFailure | undefined> {
    let failure: PublishFailure | undefined
    for (let from = 0; from < seqs.length; from += AT_ONCE) {
      const all = await this.#sendSome(seqs.slice(from, from + AT_ONCE))
      failure ??= all
      if (failure?.code === 'not-connected') break
    }
    return failure
  }

  async #sendSome(seqs: readonly Seq[]): Promise<PublishFailure | undefined> {
    const { log, publications, publish } = this.#options
    const messages: { seq: Seq; message: OutgoingMessage }[] = []
    for (const seq of seqs.filter((each) => publications.isUnacknowledged(each))) {
      const [entry] = await log.read(seq, seq + 1)
      if (entry?.kind === 'message') messages.push({ seq, message: messageOf(entry) })
    }
    const results = await Promise.all(messages.map(({ message }) => publish(message)))
    publications.discard(messages.flatMap(({ seq }, i) => (isSent(results[i]) ? [seq] : [])))
    for (const result of results) if ('failure' in result) return result.failure
    return undefined
  }
}

function isSent(result: object | undefined): boolean {
  return result !== undefined && 'seq' in result
}

/** Its bytes are a copy: those of the entry are a view of a whole chunk. */
function messageOf({ topic, payload, qos, retain, properties }: LogMessage): OutgoingMessage {
  return {
    ...{ topic, qos, retain, payload: payload.slice() },
    ...(properties.byteLength > 0 ? { properties: decodePublishProperties(properties) } : {}),
  }
}
