import type { ConnectionFailure } from '@/core/failure.ts'
import type { Profile } from '@/core/profile.ts'
import { constructorFailure, subprotocolOf } from './address.ts'
import { closeFailure, type Progress } from './endFailure.ts'
import { examine, type Unreachable } from './examine.ts'
import { watchPolicy } from './policyWatch.ts'
import { Socket, type SocketClosed, type WebSocketConstructor } from './socket.ts'
import { withheldNetwork } from './withheldNetwork.ts'

export type OpeningOptions = {
  profile: Profile
  url: string
  /** Look for the cause when the WebSocket does not open; it takes one more of them. */
  isExamined: boolean
  WebSocketClass: WebSocketConstructor
}

export type OpeningOwner = {
  /** The WebSocket is open: the CONNECT may go. */
  opened(): void
  received(bytes: Uint8Array): void
  /** A text message, which MQTT never is (MQTT 5.0 §6.0). */
  receivedText(): void
  /** The connection has failed, here or later by the close of its WebSocket; possibly more than once. */
  failed(failure: ConnectionFailure): void
}

/**
 * Opens the WebSocket of a connection, and finds out why it does not open, or why no CONNACK comes: the
 * policy of the site, the time-out of the profile, a close. The owner calls `done` with the CONNACK, and
 * `stop` when it waits no longer.
 */
export class Opening {
  readonly socket: Socket | undefined
  readonly #options: OpeningOptions
  readonly #owner: OpeningOwner
  readonly #startedAt = performance.now()
  readonly #stopPolicyWatch: () => void
  readonly #timer: ReturnType<typeof setTimeout> | undefined
  #progress: Progress = 'opening'

  constructor(options: OpeningOptions, owner: OpeningOwner) {
    const { profile, url, WebSocketClass } = options
    this.#options = options
    this.#owner = owner
    const refused = () => owner.failed({ code: 'blocked-by-policy', url })
    this.#stopPolicyWatch = watchPolicy(url, refused)
    const listener = {
      opened: () => {
        this.#progress = 'handshake'
        owner.opened()
      },
      received: (bytes: Uint8Array) => owner.received(bytes),
      receivedText: () => owner.receivedText(),
      closed: (closed: SocketClosed) => this.#closed(closed),
    }
    try {
      this.socket = new Socket(url, subprotocolOf(profile.version), listener, WebSocketClass)
    } catch (error) {
      this.stop()
      owner.failed(constructorFailure(url, error))
      return
    }
    this.#timer = setTimeout(() => this.#timedOut(), profile.connectTimeout * 1000)
  }

  /** The CONNACK has come: from now on a close is the loss of a connection. */
  done(): void {
    this.stop()
    this.#progress = 'connected'
  }

  /** Nobody waits for the CONNACK any more. */
  stop(): void {
    clearTimeout(this.#timer)
    this.#stopPolicyWatch()
  }

  #closed(closed: SocketClosed): void {
    const { url } = this.#options
    const after = performance.now() - this.#startedAt
    const failure = closeFailure(closed, { progress: this.#progress, url, after })
    if (failure.code !== 'unreachable') {
      this.#owner.failed(failure)
      return
    }
    clearTimeout(this.#timer)
    void this.#explained(failure).then((found) => this.#owner.failed(found))
  }

  /** The failure with what can be found out of its cause. Never rejects. */
  async #explained(failure: Unreachable): Promise<ConnectionFailure> {
    const { profile, isExamined, WebSocketClass } = this.#options
    const withheld = await withheldNetwork(profile.host)
    const told = withheld ? { ...failure, withheld } : failure
    return isExamined ? examine(told, subprotocolOf(profile.version), WebSocketClass) : told
  }

  #timedOut(): void {
    const code = this.#progress === 'opening' ? 'open-timeout' : 'connack-timeout'
    const { url, profile } = this.#options
    this.#owner.failed({ code, url, timeout: profile.connectTimeout })
  }
}
