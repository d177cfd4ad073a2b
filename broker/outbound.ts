import type { Clock } from './clock.ts'
import { Fifo } from './fifo.ts'
import type { Limits } from './limits.ts'
import type { Link } from './link.ts'
import { isExpired, outgoingProperties, type Delivery } from './message.ts'
import { REASON } from './reason.ts'

/** A QoS 1 or 2 message that has a packet identifier; `released` once its PUBREC came. */
type InFlight = { id: number; delivery: Delivery; released: boolean }

/**
 * The messages on their way to one session: those that wait, and those that were sent and are not
 * yet acknowledged. It outlives connections (MQTT 5.0 §4.4): a new one gets the unacknowledged
 * messages again, in their order, before anything else.
 */
export class Outbound {
  readonly #limits: Limits
  readonly #clock: Clock
  readonly #waiting = new Fifo<Delivery>()
  readonly #inFlight = new Map<number, InFlight>()
  readonly #resend = new Fifo<InFlight>()
  /** Identifiers sent over the present connection and not acknowledged: the client's quota (§4.9). */
  readonly #unacknowledged = new Set<number>()
  #link: Link | undefined
  #lastId = 0

  constructor(limits: Limits, clock: Clock) {
    this.#limits = limits
    this.#clock = clock
  }

  /** Sends the message now, or keeps it for later; QoS 0 is never kept. */
  deliver(delivery: Delivery): void {
    if (delivery.qos === 0) {
      if (this.#link !== undefined) this.#send(this.#link, delivery, 0, false)
      return
    }
    const room = this.#link === undefined ? this.#limits.queuedOffline : this.#limits.queuedOnline
    while (this.#waiting.length >= room) this.#waiting.shift()
    this.#waiting.push(delivery)
    this.#pump()
  }

  /** Goes on over a new connection. */
  attach(link: Link): void {
    this.#link = link
    this.#unacknowledged.clear()
    this.#resend.clear()
    for (const flight of this.#inFlight.values()) this.#resend.push(flight)
    this.#pump()
  }

  detach(): void {
    this.#link = undefined
  }

  /** PUBACK and PUBCOMP both end a flow. */
  acknowledged(id: number): void {
    this.#inFlight.delete(id)
    this.#unacknowledged.delete(id)
    this.#pump()
  }

  /** PUBREC: a refusal ends the flow, otherwise the message is released (§4.3.3). */
  received(id: number, reasonCode: number): void {
    const flight = this.#inFlight.get(id)
    if (reasonCode >= 0x80) {
      this.acknowledged(id)
      return
    }
    if (flight !== undefined) flight.released = true
    const found = flight === undefined ? REASON.packetIdentifierNotFound : REASON.success
    this.#link?.send({ cmd: 'pubrel', messageId: id, reasonCode: found })
  }

  #pump(): void {
    // A link may answer from within `send`, so the state is read anew in every turn.
    while (this.#link !== undefined) {
      const window = Math.min(this.#link.receiveMaximum, this.#limits.inFlight)
      if (this.#unacknowledged.size >= window) return
      const again = this.#resend.shift()
      if (again !== undefined) {
        this.#sendAgain(this.#link, again)
        continue
      }
      const delivery = this.#waiting.shift()
      if (delivery === undefined) return
      if (!isExpired(delivery.message, this.#clock)) this.#sendFirst(this.#link, delivery)
    }
  }

  #sendFirst(link: Link, delivery: Delivery): void {
    const id = this.#freeId()
    this.#inFlight.set(id, { id, delivery, released: false })
    this.#sendUnacknowledged(link, id, delivery, false)
  }

  #sendAgain(link: Link, flight: InFlight): void {
    if (!this.#inFlight.has(flight.id)) return
    if (flight.released) {
      this.#unacknowledged.add(flight.id)
      link.send({ cmd: 'pubrel', messageId: flight.id, reasonCode: REASON.success })
    } else {
      this.#sendUnacknowledged(link, flight.id, flight.delivery, true)
    }
  }

  #sendUnacknowledged(link: Link, id: number, delivery: Delivery, dup: boolean): void {
    this.#unacknowledged.add(id)
    if (this.#send(link, delivery, id, dup)) return
    this.#inFlight.delete(id)
    this.#unacknowledged.delete(id)
  }

  #send(link: Link, delivery: Delivery, messageId: number, dup: boolean): boolean {
    const { message, qos, retain } = delivery
    return link.publish({
      cmd: 'publish',
      topic: message.topic,
      payload: message.payload,
      qos,
      retain,
      dup,
      messageId,
      properties: outgoingProperties(delivery, this.#clock),
    })
  }

  /** There is one, because fewer than 65,535 are ever in flight. */
  #freeId(): number {
    do this.#lastId = (this.#lastId % 65_535) + 1
    while (this.#inFlight.has(this.#lastId))
    return this.#lastId
  }
}
