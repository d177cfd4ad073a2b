import { NORMAL_DISCONNECTION, type DisconnectRequest } from '@/core/disconnect.ts'
import type { ConnectionFailure, PublishFailure } from '@/core/failure.ts'
import type { OutgoingMessage } from '@/core/message.ts'
import { encodeConnect } from '@/core/packet/encodeConnect.ts'
import { encodeDisconnect } from '@/core/packet/encodeDisconnect.ts'
import { encodeAcknowledgements, type Acknowledgement } from '@/core/packet/acknowledgement.ts'
import { MalformedPacket } from '@/core/packet/framer.ts'
import type { Profile } from '@/core/profile.ts'
import type { ServerLimits } from '@/core/session.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { PacketTap } from '../packetTap.ts'
import { addressFailure, constructorFailure, subprotocolOf, urlOf } from './address.ts'
import { authenticationFailure, authenticationOf, type Authentication } from './authentication.ts'
import { Exchange } from './exchange.ts'
import { examine, type Unreachable } from './examine.ts'
import { Inbox, type ReceivedPublish } from './inbox.ts'
import { PacketIds } from './packetIds.ts'
import type { Handshake } from './publishing.ts'
import { watchPolicy } from './policyWatch.ts'
import type { Auth, Connack, ServerPacket } from './serverPacket.ts'
import { Socket, type SocketClosed, type WebSocketConstructor } from './socket.ts'
import type { SubscribeAnswer, UnsubscribeAnswer } from './subscribing.ts'
import type { EndRequest, FilterRequest } from './subscribePackets.ts'
import { withheldNetwork } from './withheldNetwork.ts'

/** Called in the order in which things happened on the wire; never before `openWire` has returned. */
export type WireListener = {
  connected(info: { sessionPresent: boolean; limits: ServerLimits }): void
  /** All PUBLISH packets of one WebSocket message, in order (QoS 0, 1 and 2; duplicates included). */
  received(publishes: ReceivedPublish[]): void
  /** A PUBREL: answer with a pubcomp once the owner has forgotten the id durably. */
  released(packetId: number): void
  pinged(roundTrip: Milliseconds): void
  /** Once, and nothing after it. Undefined when `close` ended it. */
  ended(failure: ConnectionFailure | undefined): void
}

export type WireOptions = {
  profile: Profile
  clientId: string
  pageProtocol: 'http:' | 'https:'
  /**
   * Packet identifiers of QoS 2 that the server's session may still hold from earlier wires, empty at
   * first. The wire keeps it up to date, and releases them when the session is resumed; the caller keeps
   * it for the next wire to the same session. Without it they are released when they are used again.
   */
  unreleased?: Set<number>
  /** Sees every packet of this wire, both ways. */
  tap?: PacketTap
  /** Look for the cause when the WebSocket does not open; it takes one more of them. */
  isExamined?: boolean
}

/** How long a DISCONNECT may take to get out, and the socket to close. */
const FAREWELL: Milliseconds = 2_000

/** `farewell` from the DISCONNECT on, which nothing may follow (MQTT 5.0 §3.14.4). */
type Phase = 'opening' | 'handshake' | 'connected' | 'farewell' | 'ended'

/** The one implementation of `Wire`, which is what its users know of it. */
export class LiveWire {
  readonly #profile: Profile
  readonly #url: string
  readonly #listener: WireListener
  readonly #inbox: Inbox
  readonly #unreleased: Set<number>
  readonly #tap: PacketTap | undefined
  readonly #isExamined: boolean
  #stopPolicyWatch: (() => void) | undefined
  readonly #startedAt = performance.now()
  #phase: Phase = 'opening'
  #socket: Socket | undefined
  /** Where the profile asks for an exchange of SCRAM. */
  readonly #authentication: Authentication | undefined
  /** From the CONNACK on. */
  #exchange: Exchange | undefined
  /** Until the CONNACK, and again for the farewell. */
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: WireOptions, listener: WireListener, WebSocketClass: WebSocketConstructor) {
    const { profile, pageProtocol, unreleased, tap } = options
    this.#profile = profile
    this.#tap = tap
    this.#isExamined = options.isExamined ?? false
    tap?.opening(profile)
    this.#unreleased = unreleased ?? new Set()
    this.#url = urlOf(profile)
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
      failed: (error) => this.#end({ code: 'unexpected', detail: textOfError(error) }),
    })
    const failure = addressFailure(profile, pageProtocol) ?? authenticationFailure(profile)
    if (failure) this.#end(failure)
    else this.#open(options.clientId, WebSocketClass)
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
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#end(undefined), FAREWELL)
    this.#exchange?.giveUp()
    this.#phase = 'farewell'
    this.#inbox.stop()
    // Also before the CONNACK: the will may be in force already.
    this.#send(encodeDisconnect(request, this.#profile.version === '5.0'))
    this.#socket?.close()
  }

  drop(): void {
    this.#end({ code: 'dropped' })
  }

  #open(clientId: string, WebSocketClass: WebSocketConstructor): void {
    const { connectTimeout, version } = this.#profile
    const listener = {
      opened: () => {
        this.#phase = 'handshake'
        const authenticationData = this.#authentication?.data
        this.#send(encodeConnect(this.#profile, { clientId, authenticationData }))
      },
      received: (bytes: Uint8Array) => this.#received(bytes),
      receivedText: () => this.#endMalformed('a text message'),
      closed: (closed: SocketClosed) => this.#closed(closed, WebSocketClass),
    }
    const refused = () => this.#end({ code: 'blocked-by-policy', url: this.#url })
    this.#stopPolicyWatch = watchPolicy(this.#url, refused)
    try {
      this.#socket = new Socket(this.#url, subprotocolOf(version), listener, WebSocketClass)
    } catch (error) {
      this.#end(constructorFailure(this.#url, error))
      return
    }
    this.#timer = setTimeout(() => {
      const code = this.#phase === 'opening' ? 'open-timeout' : 'connack-timeout'
      this.#end({ code, url: this.#url, timeout: connectTimeout })
    }, connectTimeout * 1000)
  }

  #closed(closed: SocketClosed, WebSocketClass: WebSocketConstructor): void {
    const failure = this.#closedFailure(closed)
    if (failure.code !== 'unreachable') {
      this.#end(failure)
      return
    }
    clearTimeout(this.#timer)
    void this.#explained(failure, WebSocketClass).then((found) => this.#end(found))
  }

  /** The failure with what can be found out of its cause. Never rejects. */
  async #explained(failure: Unreachable, WebSocketClass: WebSocketConstructor) {
    const withheld = await withheldNetwork(this.#profile.host)
    const told = withheld ? { ...failure, withheld } : failure
    if (!this.#isExamined) return told
    return examine(told, subprotocolOf(this.#profile.version), WebSocketClass)
  }

  #closedFailure({ code, reason, wasClean }: SocketClosed): ConnectionFailure {
    const url = this.#url
    if (this.#phase === 'opening') {
      return { code: 'unreachable', url, after: Math.round(performance.now() - this.#startedAt) }
    }
    return this.#phase === 'handshake'
      ? { code: 'closed-before-connack', url, closeCode: code, closeReason: reason }
      : { code: 'connection-lost', closeCode: code, closeReason: reason, clean: wasClean }
  }

  #received(bytes: Uint8Array): void {
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
      case 'disconnect': {
        const { reasonCode } = packet
        this.#end({ code: 'server-disconnect', reasonCode, ...wordsOf(packet) })
        return
      }
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
    const { reasonCode, sessionPresent, properties } = connack
    if (reasonCode !== 0) {
      const { version } = this.#profile
      this.#end({ code: 'refused', version, reasonCode, ...wordsOf(properties) })
      return
    }
    const distrust = this.#authentication?.distrust(connack.authenticationData)
    if (distrust) {
      this.#endDistrusted(distrust)
      return
    }
    clearTimeout(this.#timer)
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
    this.#listener.connected({ sessionPresent, limits: exchange.limits })
  }

  #send(bytes: Uint8Array): void {
    if (!this.#socket?.isOpen) return
    this.#tap?.sent(bytes)
    this.#socket.send(bytes)
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
    clearTimeout(this.#timer)
    this.#stopPolicyWatch?.()
    this.#inbox.stop()
    this.#socket?.detach()
    this.#socket?.close()
    this.#exchange?.end()
    this.#tap?.ended(isWanted ? undefined : failure)
    // Later, so that `openWire` has returned and the outcomes of publishes come first.
    queueMicrotask(() => this.#listener.ended(isWanted ? undefined : failure))
  }
}

type Words = { reasonString?: string; serverReference?: string }

/** What a server says besides its code. */
function wordsOf({ reasonString, serverReference }: Words): Words {
  return {
    ...(reasonString !== undefined && { reasonString }),
    ...(serverReference !== undefined && { serverReference }),
  }
}

function textOfError(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
