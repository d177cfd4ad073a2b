/** Identifiers from here on go around; those below are for QoS 2 alone. */
const UPPER = 0x8000
const LARGEST = 0xffff

/**
 * The packet identifiers of one connection (MQTT 5.0 §2.2.1).
 *
 * QoS 2 takes the lowest free one, so that few are ever used. That matters after a resumed session: the
 * server may still hold an identifier of a QoS 2 message whose PUBREL never reached it, even from a day
 * when this browser was not running, and would take a new message with that identifier for the old one
 * and throw it away. So each identifier is released with a PUBREL before its first use (see
 * `publishing.ts`), and there are few of them. Everything else goes around in the upper half, which QoS 2
 * never uses, so it cannot meet an identifier that is still held (reason code 0x91).
 */
export class PacketIds {
  readonly #taken = new Set<number>()
  /** No identifier for QoS 2 below this one is free. */
  #lowest = 1
  #last = LARGEST

  /** Takes a free identifier. Undefined when all are in use. */
  take(use: 'qos2' | 'other'): number | undefined {
    const packetId = use === 'qos2' ? this.#lowestFree() : this.#next()
    if (packetId !== undefined) this.#taken.add(packetId)
    return packetId
  }

  /** The packet has been answered, so its identifier is free again. */
  release(packetId: number): void {
    this.#taken.delete(packetId)
    this.#lowest = Math.min(this.#lowest, packetId)
  }

  #lowestFree(): number | undefined {
    while (this.#taken.has(this.#lowest)) this.#lowest += 1
    return this.#lowest < UPPER ? this.#lowest : undefined
  }

  #next(): number | undefined {
    for (let tries = UPPER; tries <= LARGEST; tries += 1) {
      this.#last = this.#last === LARGEST ? UPPER : this.#last + 1
      if (!this.#taken.has(this.#last)) return this.#last
    }
    return undefined
  }
}
