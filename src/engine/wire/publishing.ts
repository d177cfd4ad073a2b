import type { OutgoingMessage, PublishOutcome } from '@/core/message.ts'
import type { PacketIds } from './packetIds.ts'
import type { PublishAnswer } from './serverPacket.ts'

/** So many QoS 1 and 2 messages are on their way at most, even where the server would take more. */
const WINDOW = 4_096

/** What the broker says of a message, as far as it says it. */
export type Handshake = {
  outcome: Promise<PublishOutcome>
  /** Of QoS 2 only: settles with its PUBREC, if that comes and is no refusal. */
  received?: Promise<void>
}

type Settle = (outcome: PublishOutcome) => void

type Listeners = {
  settle: Settle
  /** The broker has received a message of QoS 2, and its PUBREL is on its way. */
  proceed?: () => void
}

type InFlight = Listeners & {
  /** The code of its PUBREC, from which on a PUBCOMP is expected. */
  received?: number
}

export type PublishingOwner = {
  /** Sends a PUBLISH at once; `packetId` is 0 for QoS 0. */
  publish(message: OutgoingMessage, packetId: number): void
  /** Sends a PUBREL at once. */
  release(packetId: number): void
}

/** What outlives a connection, because the server's session does. */
export type PublishingSession = {
  /** Whether the server may hold packet identifiers from an earlier connection. */
  resumed: boolean
  /** Those of QoS 2 that it is known to hold, or may; kept up to date here. */
  unreleased: Set<number>
}

/** The messages that one connection publishes, from the call to the last word of the server. */
export class Publishing {
  readonly #owner: PublishingOwner
  readonly #ids: PacketIds
  readonly #window: number
  readonly #session: PublishingSession
  readonly #waiting: (Listeners & { message: OutgoingMessage })[] = []
  readonly #inFlight = new Map<number, InFlight>()
  /** Identifiers that the server has been told to forget on this connection. */
  readonly #cleared = new Set<number>()
  /** Those of them whose PUBCOMP has not come yet. */
  readonly #clearing = new Set<number>()

  /** `receiveMaximum` is the server's (MQTT 5.0 §3.2.2.3.3). */
  constructor(
    owner: PublishingOwner,
    ids: PacketIds,
    receiveMaximum: number,
    session: PublishingSession,
  ) {
    this.#owner = owner
    this.#ids = ids
    this.#window = Math.min(receiveMaximum, WINDOW)
    this.#session = session
    if (!session.resumed) session.unreleased.clear()
    // A server may keep such a message to itself until its PUBREL (MQTT 5.0 §4.3.3, method A).
    for (const packetId of session.unreleased) this.#clear(packetId)
  }

  /** Sends a message that the server accepts, or keeps it until the server takes one more. */
  publish(message: OutgoingMessage): Handshake {
    if (message.qos === 0) {
      this.#owner.publish(message, 0)
      return { outcome: Promise.resolve({ state: 'sent' }) }
    }
    const handshake = message.qos === 1 ? this.#begin(message) : this.#beginInTwoSteps(message)
    this.#fill()
    return handshake
  }

  /** Takes the server's word. */
  answered({ type, packetId, reasonCode, reasonString }: PublishAnswer): void {
    const inFlight = this.#inFlight.get(packetId)
    const isRefused = reasonCode >= 0x80
    const isClearing = inFlight?.received === undefined && type === 'pubcomp'
    if (isClearing && this.#clearing.delete(packetId)) {
      if (!inFlight) this.#session.unreleased.delete(packetId)
      return
    }
    if (!inFlight) {
      // The server still waits for the PUBREL of a message from before the session was resumed.
      if (type === 'pubrec' && !isRefused) this.#owner.release(packetId)
      return
    }
    if (type === 'pubrec' && !isRefused) {
      inFlight.received = reasonCode
      this.#owner.release(packetId)
      inFlight.proceed?.()
      return
    }
    this.#inFlight.delete(packetId)
    this.#ids.release(packetId)
    this.#session.unreleased.delete(packetId)
    const text = reasonString === undefined ? {} : { reasonString }
    inFlight.settle(
      isRefused
        ? { state: 'refused', reasonCode, ...text }
        : { state: 'acknowledged', reasonCode: inFlight.received ?? reasonCode },
    )
    this.#fill()
  }

  /** No answer will come, and nothing more leaves. */
  end(): void {
    const given = [...this.#inFlight.values()].map(({ settle }) => settle)
    const kept = this.#waiting.splice(0).map(({ settle }) => settle)
    this.#inFlight.clear()
    for (const settle of [...given, ...kept]) settle({ state: 'unacknowledged' })
  }

  #begin(message: OutgoingMessage, proceed?: () => void): Handshake {
    const outcome = new Promise<PublishOutcome>((settle) => {
      this.#waiting.push({ message, settle, ...(proceed ? { proceed } : {}) })
    })
    return { outcome }
  }

  #beginInTwoSteps(message: OutgoingMessage): Handshake {
    let proceed = () => {}
    const received = new Promise<void>((resolve) => (proceed = resolve))
    return { ...this.#begin(message, () => proceed()), received }
  }

  #fill(): void {
    while (this.#inFlight.size < this.#window) {
      const next = this.#waiting[0]
      if (!next) return
      const { message, ...listeners } = next
      const packetId = this.#ids.take(message.qos === 2 ? 'qos2' : 'other')
      if (packetId === undefined) return
      this.#waiting.shift()
      this.#inFlight.set(packetId, listeners)
      if (message.qos === 2) {
        this.#clear(packetId)
        this.#session.unreleased.add(packetId)
      }
      this.#owner.publish(message, packetId)
    }
  }

  /**
   * Makes the server forget what it may hold under this identifier; a PUBREL for one that it does not
   * know is no error after a resumed session (MQTT 5.0 §3.7.2.1, reason code 0x92).
   */
  #clear(packetId: number): void {
    if (!this.#session.resumed || this.#cleared.has(packetId)) return
    this.#cleared.add(packetId)
    this.#clearing.add(packetId)
    this.#owner.release(packetId)
  }
}
