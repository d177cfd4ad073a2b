import type { PublishFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { OutgoingMessage, PublishOutcome } from '@/core/message.ts'
import { encodePublishProperties } from '@/core/packet/encodePublish.ts'
import type { Seq } from '@/core/units.ts'
import type { LogMessage } from '@/log/entry.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import type { Intake } from './intake.ts'
import { Publications } from './publications.ts'
import { Resending } from './resending.ts'
import type { Link } from './session.ts'
import type { Surroundings } from './surroundings.ts'

const NOTHING = new Uint8Array(0)

export type OutboxOptions = {
  connection: ConnectionId
  surroundings: Pick<Surroundings, 'clock' | 'announce' | 'changed'>
  log: MessageLog
  intake: Intake
  /** The connection, while it is connected. */
  link: () => Link | undefined
  onError: (error: unknown) => void
}

/** What a connection publishes: onto the wire, into the log, and what becomes of it. */
export class Outbox {
  readonly publications: Publications
  readonly #options: OutboxOptions
  readonly #resending: Resending

  constructor(options: OutboxOptions) {
    const { connection, surroundings, log, onError } = options
    const { clock, announce, changed } = surroundings
    this.#options = options
    this.publications = new Publications({
      ...{ log, clock, onError },
      onChanged: () => changed(connection),
      onListed: () => {
        const seqs = this.publications.unacknowledged
        announce({ type: 'unacknowledgedChanged', connection, seqs })
      },
    })
    this.#resending = new Resending({
      ...{ log, publications: this.publications },
      publish: (message) => this.publish(message),
    })
  }

  /** Resolves when the message is in the log, or with the reason why it was not sent. */
  async publish(
    message: OutgoingMessage,
  ): Promise<{ seq: Seq; outcome: PublishOutcome } | { failure: PublishFailure }> {
    const { surroundings, intake } = this.#options
    const link = this.#options.link()
    if (!link) return { failure: { code: 'not-connected' } }
    const result = link.wire.publish(message)
    if ('failure' in result) return result
    const time = surroundings.clock.now()
    const isMqtt5 = link.profile.version === '5.0'
    const entry: LogMessage = {
      ...{ kind: 'message', time, direction: 'out', dup: false, queued: false },
      ...message,
      properties: isMqtt5 ? encodePublishProperties(message.properties) : NOTHING,
    }
    return this.publications.follow(intake.publish(entry), result)
  }

  /** Publishes unacknowledged messages once more; see `Resending`. */
  sendAgain(seqs: readonly Seq[]): Promise<PublishFailure | undefined> {
    return this.#resending.send(seqs)
  }
}
