import type { Bytes } from '../src/core/units.ts'
import type { Authentication } from './authentication.ts'
import { Alarm } from './clock.ts'
import { Conversation } from './conversation.ts'
import { Delays } from './delays.ts'
import { connackCode, type Refusal } from './faults.ts'
import { FrameReader } from './frames.ts'
import { judge, rejection, welcome, type Admission } from './handshake.ts'
import type { AuthenticationStep } from './hooks.ts'
import type { Hub } from './hub.ts'
import type { Link } from './link.ts'
import type { ClientPacket, ConnectPacket, IConnackPacket, ServerPacket } from './packet.ts'
import type { ProtocolLevel } from './protocolLevel.ts'
import { encode, PacketDecoder } from './packetCodec.ts'
import { encodePublish, type PublishPacket } from './publishPacket.ts'
import { REASON, Violation } from './reason.ts'
import type { Attachment, Transport } from './transport.ts'

/** `silent`: a scripted fault answers nothing more. */
type Phase = 'new' | 'silent' | 'open' | 'closed'

/** Who may come in at the end of an exchange. */
type Pending = { admission: Admission; authentication: Authentication }

/** One transport from its opening to its end. */
export class Connection implements Link, Attachment {
  level: ProtocolLevel = 4
  receiveMaximum = 65_535
  maximumPacketSize: Bytes = Infinity
  readonly #hub: Hub
  readonly #transport: Transport
  readonly #onGone: (connection: Connection) => void
  readonly #reader: FrameReader
  readonly #decoder = new PacketDecoder()
  readonly #delays: Delays
  readonly #connectAlarm: Alarm
  /** While an exchange goes on between CONNECT and CONNACK. */
  #pending: Pending | undefined
  #conversation: Conversation | undefined
  #clientId = ''
  #phase: Phase = 'new'
  #reading = false

  /** `onGone` runs once, when the connection needs no transport any more. */
  constructor(hub: Hub, transport: Transport, onGone: (connection: Connection) => void) {
    this.#hub = hub
    this.#transport = transport
    this.#onGone = onGone
    this.#reader = new FrameReader(hub.limits.maximumPacketSize)
    this.#delays = new Delays(hub.clock)
    this.#connectAlarm = new Alarm(hub.clock)
    this.#connectAlarm.set(hub.limits.connectTimeout, () => this.cut())
  }

  data(bytes: Uint8Array): void {
    // A client may go on sending until it knows that the transport is closed.
    if (!this.#isAlive()) return
    this.#reader.push(bytes)
    // A transport in the same process may answer from within `write`: the loop below takes it on.
    if (this.#reading) return
    this.#reading = true
    try {
      while (this.#isAlive()) {
        const frame = this.#reader.next()
        if (frame === undefined) break
        if (this.#phase !== 'silent') this.#handle(this.#decoder.decode(frame))
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#reading = false
    }
  }

  closed(): void {
    this.#finish(undefined)
  }

  send(packet: ServerPacket): void {
    const bytes = encode(packet, this.level)
    if (bytes.length <= this.maximumPacketSize) {
      this.#write(packet, bytes)
      return
    }
    // Words are the first thing to leave out (MQTT 5.0 §3.14.2.2.3).
    const refuses =
      packet.cmd === 'disconnect' || (packet.cmd === 'connack' && packet.reasonCode !== 0)
    const silent = refuses ? encode({ ...packet, properties: {} }, this.level) : bytes
    if (silent.length <= this.maximumPacketSize) this.#write(packet, silent)
    // The client waits for something that it cannot take, so there is no going on.
    else this.cut()
  }

  publish(packet: PublishPacket): boolean {
    const bytes = encodePublish(packet, this.level)
    if (bytes.length > this.maximumPacketSize) return false
    const { unsent } = this.#hub.limits
    const isFull = packet.qos === 0 && (this.#transport.unsent?.() ?? 0) > unsent
    if (!isFull) this.#write(packet, bytes)
    return true
  }

  end(reasonCode: number, reasonString?: string): void {
    if (this.#phase === 'open' && this.level === 5) {
      const properties = reasonString === undefined ? {} : { reasonString }
      this.send({ cmd: 'disconnect', reasonCode, properties })
    }
    this.cut()
  }

  cut(): void {
    if (!this.#isAlive()) return
    this.#finish(undefined)
    this.#transport.close()
  }

  #isAlive(): boolean {
    return this.#phase !== 'closed'
  }

  #write(packet: ServerPacket, bytes: Uint8Array): void {
    if (!this.#isAlive()) return
    this.#hub.hooks.onPacket({ direction: 'out', clientId: this.#clientId, packet })
    try {
      this.#transport.write(bytes)
    } catch (error) {
      // This may happen while another client's message is handed round, and is none of its business.
      this.#hub.hooks.onError(error)
      this.cut()
    }
  }

  #handle(packet: ClientPacket): void {
    if (packet.cmd === 'connect' && this.#phase === 'new') {
      this.#clientId = packet.clientId
      this.#hub.hooks.onPacket({ direction: 'in', clientId: this.#clientId, packet })
      this.#connect(packet)
      return
    }
    this.#hub.hooks.onPacket({ direction: 'in', clientId: this.#clientId, packet })
    if (this.#pending) {
      this.#goOn(this.#pending, packet)
      return
    }
    const farewell = this.#conversation?.handle(packet)
    if (farewell === undefined || !this.#isAlive()) return
    this.#finish(farewell)
    this.#transport.close()
  }

  #connect(packet: ConnectPacket): void {
    this.#connectAlarm.cancel()
    this.level = packet.protocolVersion ?? 4
    this.maximumPacketSize = packet.properties?.maximumPacketSize ?? Infinity
    const fault = this.#hub.faults.of(packet.clientId, 'connack')
    if (fault === 'never') {
      this.#phase = 'silent'
    } else if (fault === 'close') {
      this.cut()
    } else if (fault !== undefined) {
      this.#refuse({ ...fault, reasonCode: connackCode(fault, this.level) })
    } else {
      const judgement = judge(packet, this.level, this.#hub)
      if (!judgement.ok) {
        this.#refuse({ reasonCode: judgement.reasonCode, reasonString: judgement.detail })
        return
      }
      const { admission, authentication } = judgement
      if (authentication) this.#authenticate({ admission, authentication }, packet)
      else this.#admit(admission)
    }
  }

  #authenticate(pending: Pending, { properties }: ConnectPacket): void {
    this.#pending = pending
    this.#connectAlarm.set(this.#hub.limits.connectTimeout, () => this.cut())
    this.#took(pending, pending.authentication.begin(properties?.authenticationData))
  }

  #goOn(pending: Pending, packet: ClientPacket): void {
    if (packet.cmd === 'disconnect') this.cut()
    else this.#took(pending, pending.authentication.goOn(packet))
  }

  /** Does what a step of the exchange has come to. */
  #took({ admission, authentication }: Pending, step: AuthenticationStep): void {
    switch (step.state) {
      case 'continue':
        this.send(authentication.question(step.data))
        return
      case 'accepted':
        this.#connectAlarm.cancel()
        this.#pending = undefined
        this.#admit(admission, authentication.properties(step.data))
        return
      case 'refused':
        this.#refuse({
          reasonCode: step.reasonCode,
          reasonString: 'The exchange has not authenticated this client',
        })
    }
  }

  #refuse(refusal: Refusal): void {
    this.send(rejection(refusal))
    this.cut()
  }

  #admit(admission: Admission, authentication: IConnackPacket['properties'] = {}): void {
    const { sessions, limits } = this.#hub
    const { clientId } = admission.client
    sessions.find(clientId)?.link?.end(REASON.sessionTakenOver, 'Another client has this client id')
    const { session, present } = sessions.open(clientId, admission.cleanStart)
    this.#clientId = clientId
    this.receiveMaximum = admission.receiveMaximum
    session.expiry = admission.expiry
    session.link = this
    this.#conversation = new Conversation(this.#hub, admission, session, this, this.#delays)
    this.#phase = 'open'
    this.send(welcome(admission, present, limits, authentication))
    if (this.#isAlive()) session.outbound.attach(this)
  }

  #fail(error: unknown): void {
    if (error instanceof Violation) {
      if (this.#phase === 'new') this.#rejectConnect(error)
      this.end(error.reasonCode, error.message)
      return
    }
    this.#hub.hooks.onError(error)
    this.end(REASON.implementationSpecific)
  }

  /** Answers a CONNECT that is wrong in itself, where there is an answer that the client can read. */
  #rejectConnect(error: Violation): void {
    this.level = this.#decoder.level ?? this.level
    // A client that speaks another version can read the oldest refusal, if any (3.1.1 §3.1.2.2).
    const isUnknown = error.reasonCode === REASON.unsupportedProtocolVersion
    if (isUnknown || this.level === 5)
      this.send(rejection({ reasonCode: error.reasonCode, reasonString: error.message }))
  }

  #finish(farewell: { willed: boolean } | undefined): void {
    if (!this.#isAlive()) return
    this.#phase = 'closed'
    this.#connectAlarm.cancel()
    this.#delays.cancel()
    this.#onGone(this)
    this.#conversation?.over(farewell)
  }
}
