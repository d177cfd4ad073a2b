import type { Delays } from './delays.ts'
import type { Admission } from './handshake.ts'
import type { Hub } from './hub.ts'
import { Inbound } from './inbound.ts'
import { KeepAlive } from './keepAlive.ts'
import type { Link } from './link.ts'
import type {
  ClientPacket,
  IDisconnectPacket,
  ISubscribePacket,
  IUnsubscribePacket,
} from './packet.ts'
import { REASON, Violation } from './reason.ts'
import type { Session } from './session.ts'
import { subscribe, unsubscribe } from './subscribing.ts'

/** How the client said good-bye: `willed` when its will shall be published nevertheless. */
type Farewell = { willed: boolean }

/** Everything between the CONNACK and the end of one connection. */
export class Conversation {
  readonly #hub: Hub
  readonly #admission: Admission
  readonly #session: Session
  readonly #link: Link
  readonly #delays: Delays
  readonly #inbound: Inbound
  readonly #keepAlive: KeepAlive

  constructor(hub: Hub, admission: Admission, session: Session, link: Link, delays: Delays) {
    this.#hub = hub
    this.#admission = admission
    this.#session = session
    this.#link = link
    this.#delays = delays
    this.#inbound = new Inbound(hub, session, admission.client, link, delays)
    this.#keepAlive = new KeepAlive(admission.keepAlive, hub.clock, () =>
      link.end(REASON.keepAliveTimeout, 'Nothing was heard for too long'),
    )
  }

  /**
   * Does what the packet asks for; gives the farewell of a DISCONNECT. Throws a `Violation` for a
   * packet that ends the connection.
   */
  handle(packet: ClientPacket): Farewell | undefined {
    this.#keepAlive.heard()
    const { outbound } = this.#session
    switch (packet.cmd) {
      case 'publish':
        this.#inbound.publish(packet)
        return undefined
      case 'puback':
      case 'pubcomp':
        outbound.acknowledged(packet.messageId ?? 0)
        return undefined
      case 'pubrec':
        outbound.received(packet.messageId ?? 0, packet.reasonCode ?? 0)
        return undefined
      case 'pubrel':
        this.#inbound.release(packet.messageId ?? 0)
        return undefined
      case 'subscribe':
        this.#subscribe(packet)
        return undefined
      case 'unsubscribe':
        this.#unsubscribe(packet)
        return undefined
      case 'pingreq':
        if (this.#fault('pingresp') === undefined) this.#link.send({ cmd: 'pingresp' })
        return undefined
      case 'disconnect':
        return this.#farewell(packet)
      case 'connect':
        throw new Violation(REASON.protocolError, 'A second CONNECT')
      case 'auth':
        throw new Violation(REASON.protocolError, 'There is no re-authentication here')
    }
  }

  /** The connection is gone; the will is published, now or later, unless the client took it back. */
  over(farewell: Farewell | undefined): void {
    this.#keepAlive.stop()
    const { will, client } = this.#admission
    const session = this.#session
    this.#hub.sessions.leave(session)
    if (will === undefined || farewell?.willed === false) return
    session.will.set(Math.min(will.delay, session.expiry), () =>
      this.#hub.publishWill(will, client),
    )
  }

  #fault(name: 'pingresp' | 'subscribeAcks') {
    return this.#hub.faults.of(this.#admission.client.clientId, name)
  }

  #subscribe(packet: ISubscribePacket): void {
    const answers = subscribe(this.#hub, this.#session, this.#admission.client, packet)
    const codes = answers.map(({ code }) => code)
    // MQTT 3.1.1 knows a single failure (3.1.1 §3.9.3).
    const granted =
      this.#link.level === 5 ? codes : codes.map((code) => (code < 0x80 ? code : 0x80))
    this.#delays.run(this.#fault('subscribeAcks'), () =>
      this.#link.send({ cmd: 'suback', messageId: packet.messageId ?? 0, granted }),
    )
    for (const answer of answers) answer.sendRetained()
  }

  #unsubscribe(packet: IUnsubscribePacket): void {
    const granted = unsubscribe(this.#hub, this.#session, packet)
    this.#delays.run(this.#fault('subscribeAcks'), () =>
      this.#link.send({ cmd: 'unsuback', messageId: packet.messageId ?? 0, granted }),
    )
  }

  #farewell(packet: IDisconnectPacket): Farewell {
    const expiry = packet.properties?.sessionExpiryInterval
    if (expiry !== undefined) {
      if (this.#admission.requestedExpiry === 0 && expiry > 0) {
        throw new Violation(REASON.protocolError, 'The session was to end with the connection')
      }
      this.#session.expiry = Math.min(expiry, this.#hub.limits.sessionExpiry)
    }
    return { willed: (packet.reasonCode ?? 0) !== REASON.success }
  }
}
