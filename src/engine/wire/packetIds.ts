/** Identifiers from here on go around; those below are for QoS 2 alone. */
const UPPER = 0x8000
const LARGEST = 0xffff

/**
 * The packet identifiers of one connection (MQTT 5.0 §2.2.1), in the shape in which MQTT.js asks for
 * them: it gets the one that was handed to it for the packet that it is about to make.
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
  #handed: number | null = null

  /** Takes a free identifier. Undefined when all are in use. */
  take(use: 'qos2' | 'other'): number | undefined {
    const packetId = use === 'qos2' ? this.#lowestFree() : this.#next()
    if (packetId !== undefined) this.#taken.add(packetId)
    return packetId
  }

  /** The next packet that MQTT.js makes has this identifier. */
  hand(packetId: number): void {
    this.#handed = packetId
  }

  allocate(): number | null {
    const handed = this.#handed
    this.#handed = null
    return handed
  }

  /** Nobody asks. */
  getLastAllocated(): null {
    return null
  }

  /** MQTT.js wants an identifier of its own choice only for packets that it kept from before. */
  register(): boolean {
    return false
  }

  /** MQTT.js does so once it has forgotten the packet. */
  deallocate(packetId: number): void {
    this.#taken.delete(packetId)
    this.#lowest = Math.min(this.#lowest, packetId)
  }

  /** MQTT.js does so at every CONNACK; there is only one here, and identifiers may be taken already. */
  clear(): void {
    this.#handed = null
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
