import { matchTopic } from '../src/core/topic.ts'
import type { Clock } from './clock.ts'
import { isExpired, type Message } from './message.ts'

/** The last retained message of each topic (MQTT 5.0 §3.3.1.3). */
export class Retained {
  readonly #clock: Clock
  readonly #messages = new Map<string, Message>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Keeps the message in place of the topic's last one; an empty payload only removes that. */
  keep(message: Message): void {
    this.#messages.delete(message.topic)
    if (message.payload.length > 0) this.#messages.set(message.topic, message)
  }

  /** Those that match the filter (without `$share/…`), oldest first; expired ones are forgotten. */
  matching(filter: string): Message[] {
    const found: Message[] = []
    for (const message of this.#messages.values()) {
      if (isExpired(message, this.#clock)) this.#messages.delete(message.topic)
      else if (matchTopic(filter, message.topic)) found.push(message)
    }
    return found
  }

  clear(): void {
    this.#messages.clear()
  }
}
