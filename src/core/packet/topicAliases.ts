import { MalformedPacket } from './framer.ts'

/** The topic aliases that the server has set on one network connection (MQTT 5.0 §3.3.2.3.4). */
export class TopicAliases {
  readonly #topics = new Map<number, string>()
  readonly #maximum: number

  /** `maximum` is the Topic Alias Maximum that our CONNECT announced; 0 when it did not. */
  constructor(maximum: number) {
    this.#maximum = maximum
  }

  /**
   * The topic of a PUBLISH: its own, which also sets the alias, or the one that the alias stands for.
   * `alias` 0 means none. Throws `MalformedPacket` when the alias is too large or was never set.
   */
  resolve(topic: string, alias: number): string {
    if (alias === 0) {
      if (topic === '') throw new MalformedPacket('PUBLISH without topic and alias')
      return topic
    }
    if (alias > this.#maximum) throw new MalformedPacket(`Topic Alias ${alias} above our maximum`)
    if (topic !== '') {
      this.#topics.set(alias, topic)
      return topic
    }
    const known = this.#topics.get(alias)
    if (known === undefined) throw new MalformedPacket(`Topic Alias ${alias} that was never set`)
    return known
  }
}
