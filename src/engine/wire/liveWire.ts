import { NORMAL_DISCONNECTION, type DisconnectRequest } from '@/core/disconnect.ts'
import type { ConnectionFailure, PublishFailure } from '@/core/failure.ts'
import type { OutgoingMessage } from '@/core/message.ts'
import { broken, idleWhenCut, type Silences } from '@/core/idleness.ts'
import { encodeConnect } from '@/core/packet/encodeConnect.ts'
import { encodeDisconnect } from '@/core/packet/encodeDisconnect.ts'
import { encodeAcknowledgements, type Acknowledgement } from '@/core/packet/acknowledgement.ts'
import { MalformedPacket } from '@/core/packet/framer.ts'
import type { Profile } from '@/core/profile.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { PacketTap } from '../packetTap.ts'
import { addressFailure, urlOf } from './address.ts'
import { authenticationFailure, authenticationOf, type Authentication } from './authentication.ts'
import { disconnectFailure, errorFailure, refusalFailure } from './endFailure.ts'
import { Exchange } from './exchange.ts'
import { Inbox } from './inbox.ts'
import { Opening } from './opening.ts'
import { PacketIds } from './packetIds.ts'
import type { Handshake } from './publishing.ts'
import type { Auth, Connack, ServerPacket } from './serverPacket.ts'
import type { WebSocketConstructor } from './socket.ts'
import type { SubscribeAnswer, UnsubscribeAnswer } from './subscribing.ts'
import type { EndRequest, FilterRequest } from './subscribePackets.ts'
import type { WireListener, WireOptions } from './wireOptions.ts'

/** How long a DISCONNECT may take to get out, and the socket to close. */
const FAREWELL: Milliseconds = 2_000

/** `farewell` from the DISCONNECT on, which nothing may follow (MQTT 5.0 §3.14.4). */
type Phase = 'opening' | 'handshake' | 'connected' | 'farewell' | 'ended'

/** The one implementation of `Wire`, which is what its users know of it. */
export class LiveWire {
  readonly #profile: Profile
  readonly #listener: WireListener
  readonly #inbox: Inbox
  readonly #unreleased: Set<number>
  readonly #tap: PacketTap | undefined
  #phase: Phase = 'opening'
  /** Undefined where the WebSocket was not even tried. */
  #opening: Opening | undefined
  #silences: Silences = { since: performance.now(), longest: 0 }
  /** Where the profile asks for an exchange of SCRAM. */
  readonly #authentication: Authentication | undefined
  /** From the CONNACK on. */
  #exchange: Exchange | undefined
  #farewell: ReturnType<typeof setTimeout> | undefined

  constructor(options: WireOptions, listener: WireListener, WebSocketClass: WebSocketConstructor) {
    const { profile, pageProtocol, unreleased, tap } = options
    this.#profile = profile
    this.#tap = tap
    tap?.opening(profile)
    this.#unreleased = unreleased ?? new Set()
    this.#listener = listener
    this.#inbox = new Inbox(profile, {
      arrived: (bytes) => tap?.received(bytes),
      packet: (packet) => this.#handle(packet),
      received: (publishes) => listener.received(publishes),
      released: (packetId) => listener.released(packetId),
      pingAnswered: () => this.#exchange?.keepAlive.answered(),
    })
    this.#authentication = authenticationOf(profile, {
      send: (bytes) => this.#send(bytes),
      distrusted: (cause) => this.#endDistrusted(cause),
      failed: (error) => this.#end(errorFailure(error)),
    })
    const failure = addressFailure(profile, pageProtocol) ?? authenticationFailure(profile)
    if (failure) this.#end(failure)
    else this.#opening = this.#open(options, WebSocketClass)
  }

  async subscribe(requests: readonly FilterRequest[]): Promise<SubscribeAnswer[]> {
    if (this.#phase === 'connected' && this.#exchange) {
      return this.#exchange.subscribing.subscribe(requests)
    }
    return requests.map(() => ({ state: 'unanswered' }))
  }

  async unsubscribe(requests: readonly EndRequest[]): Promise<UnsubscribeAnswer[]> {
    if (this.#phase === 'connected' && this.#exchange) {
      return this.#exchange.subscribing.unsubscribe(requests)
    }
    return requests.map(() => ({ state: 'unanswered' }))
  }

  publish(message: OutgoingMessage): { failure: PublishFailure } | Handshake {
    if (this.#phase === 'connected' && this.#exchange) return this.#exchange.publish(message)
    return { failure: { code: 'not-connected' } }
  }

  acknowledge(acknowledgements: readonly Acknowledgement[]): void {
    if (acknowledgements.length === 0) return
    if (this.#phase !== 'connected') return
    this.#send(encodeAcknowledgements(acknowledgements))
  }

  ping(answered: () => void): void {
    if (this.#phase === 'connected') this.#exchange?.keepAlive.ping(answered)
  }

  close(request: DisconnectRequest = NORMAL_DISCONNECTION): void {
    if (this.#phase === 'opening') this.#end(undefined)
    if (this.#phase !== 'handshake' && this.#phase !== 'connected') return
    this.#opening?.stop()
    this.#farewell = setTimeout(() => this.#end(undefined), FAREWELL)
    this.#exchange?.giveUp()
    this.#phase = 'farewell'
    this.#inbox.stop()
    // Also before the CONNACK: the will may be in force already.
    this.#send(encodeDisconnect(request, this.#profile.version === '5.0'))
    this.#opening?.socket?.close()
  }

  drop(): void {
    this.#end({ code: 'dropped' })
  }

  #open(
    { clientId, isExamined = false }: WireOptions,
    WebSocketClass: WebSocketConstructor,
  ): Opening {
    const profile = this.#profile
    return new Opening(
      { profile, url: urlOf(profile), isExamined, WebSocketClass },
      {
        opened: () => {
          this.#phase = 'handshake'
          const authenticationData = this.#authentication?.data
          this.#send(encodeConnect(profile, { clientId, authenticationData }))
        },
        received: (bytes) => this.#received(bytes),
        receivedText: () => this.#endMalformed('a text message'),
        failed: (failure) => this.#end(this.#judged(failure)),
      },
    )
  }

  /** A link that was cut while nothing passed is told with its silence. */
  #judged(failure: ConnectionFailure): ConnectionFailure {
    // Whoever closes a WebSocket as it should be has not cut the link.
    if (failure.code !== 'connection-lost' || failure.clean) return failure
    const keepAlive = this.#exchange?.limits.serverKeepAlive ?? this.#profile.keepAlive
    const idle = idleWhenCut(this.#silences, performance.now(), keepAlive)
    return idle === undefined ? failure : { ...failure, idle }
  }

  #received(bytes: Uint8Array): void {
    this.#silences = broken(this.#silences, performance.now())
    this.#exchange?.keepAlive.received()
    const now = Date.now()
    this.#tap?.proceed(now)
    const malformed = this.#inbox.push(bytes, now)
    if (malformed !== undefined) this.#endMalformed(malformed)
  }

  /** Throws `MalformedPacket`, which the inbox reports. */
  #handle(packet: ServerPacket): void {
    switch (packet.type) {
      case 'connack':
        this.#connack(packet)
        return
      case 'disconnect':
        this.#end(disconnectFailure(packet))
        return
      case 'auth':
        this.#asked(packet)
        return
      case 'puback':
      case 'pubrec':
      case 'pubcomp':
      case 'suback':
      case 'unsuback':
        this.#exchange?.answered(packet)
    }
  }

  /** Only a client may begin an exchange on a connection that stands (MQTT 5.0 §4.12.1), and ours does not. */
  #asked(auth: Auth): void {
    const method = this.#profile.properties.authenticationMethod
    if (method === undefined) throw new MalformedPacket('AUTH that was not asked for')
    if (this.#exchange) throw new MalformedPacket('AUTH after the CONNACK')
    if (this.#authentication) this.#authentication.asked(auth)
    else this.#end({ code: 'auth-exchange', method })
  }

  #connack(connack: Connack): void {
    if (connack.reasonCode !== 0) {
      this.#end(refusalFailure(connack, this.#profile.version))
      return
    }
    const distrust = this.#authentication?.distrust(connack.authenticationData)
    if (distrust) {
      this.#endDistrusted(distrust)
      return
    }
    this.#opening?.done()
    this.#phase = 'connected'
    const parts = { profile: this.#profile, ids: new PacketIds() }
    const unreleased = this.#unreleased
    const exchange = new Exchange(
      { ...parts, connack, unreleased },
      {
        send: (bytes) => this.#send(bytes),
        pinged: (roundTrip) => this.#listener.pinged(roundTrip),
        silent: (keepAlive) => this.#end({ code: 'keep-alive-timeout', keepAlive }),
      },
    )
    this.#exchange = exchange
    const { sessionPresent } = connack
    this.#listener.connected({ sessionPresent, limits: exchange.limits })
  }

  #send(bytes: Uint8Array): void {
    const socket = this.#opening?.socket
    if (!socket?.isOpen) return
    this.#silences = broken(this.#silences, performance.now())
    this.#tap?.sent(bytes)
    socket.send(bytes)
  }

  #endMalformed(detail: string): void {
    // 0x81: malformed packet.
    this.#leave(0x81, { code: 'protocol-error', detail })
  }

  /** In an exchange a client may leave at any step (MQTT 5.0 §4.12). */
  #endDistrusted(failure: ConnectionFailure): void {
    // 0x80: unspecified error. 0x87 and 0x8C would say more, but only a server may (§3.14.2.1).
    this.#leave(0x80, failure)
  }

  #leave(reasonCode: number, failure: ConnectionFailure): void {
    // Only MQTT 5 lets a client say why it leaves.
    const isStaying = this.#phase === 'handshake' || this.#phase === 'connected'
    if (this.#profile.version === '5.0' && isStaying) {
      this.#send(encodeDisconnect({ reasonCode, userProperties: [] }, true))
    }
    this.#end(failure)
  }

  /** Ends everything at once. What happens after `close` is no failure any more. */
  #end(failure: ConnectionFailure | undefined): void {
    if (this.#phase === 'ended') return
    const isWanted = this.#phase === 'farewell'
    this.#phase = 'ended'
    clearTimeout(this.#farewell)
    this.#opening?.stop()
    this.#inbox.stop()
    this.#opening?.socket?.detach()
    this.#opening?.socket?.close()
    this.#exchange?.end()
    this.#tap?.ended(isWanted ? undefined : failure)
    // Later, so that `openWire` has returned and the outcomes of publishes come first.
    queueMicrotask(() => this.#listener.ended(isWanted ? undefined : failure))
  }
}
