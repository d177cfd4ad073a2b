import { judgeEnd } from '@/core/cutsInARow.ts'
import { NORMAL_DISCONNECTION, type DisconnectRequest } from '@/core/disconnect.ts'
import type { ConnectionFailure } from '@/core/failure.ts'
import { isFinal } from '@/core/finality.ts'
import { isLoopback } from '@/core/host.ts'
import type { Profile } from '@/core/profile.ts'
import { LONGEST_WAIT, retryDelay } from '@/core/retry.ts'
import type { QueueCount, ServerLimits, SessionState, SessionStory } from '@/core/session.ts'
import {
  nextAttempt,
  stepSession,
  type Retry,
  type SessionEffect,
  type SessionInput,
} from '@/core/sessionMachine.ts'
import type { Clock } from './clock.ts'
import { describeError } from './failureOf.ts'
import type { PacketTap } from './packetTap.ts'
import type { ReceivedPublish, Wire, WireListener, WireOptions } from './wire/wire.ts'

export type OpenWire = (options: WireOptions, listener: WireListener) => Wire

/** What a session needs of the host that it runs on. */
export type SessionHost = {
  clock: Clock
  /** At least 0 and below 1. */
  random: () => number
  /** False: there is no network but the machine's own. */
  isOnline: () => boolean
  pageProtocol: 'http:' | 'https:'
  openWire: OpenWire
}

/** A network connection whose CONNACK has come. */
export type Link = {
  wire: Wire
  /** As it was when the connection was opened. */
  profile: Profile
  sessionPresent: boolean
  limits: ServerLimits
}

export type SessionOwner = {
  /** Sees the packets of every attempt. */
  tap?: PacketTap
  /** The profile for the next attempt. */
  profile: () => Profile
  /** A CONNACK has come; gives what is to be told of its session. */
  linked: (link: Link) => SessionStory
  received: (publishes: ReceivedPublish[], link: Link) => void
  released: (packetId: number, link: Link) => void
  /** The connection is over: nothing can be sent any more but, if there is one, this DISCONNECT. */
  unlinked: (link: Link, disconnect?: DisconnectRequest) => void
  /** What is received so far should be stored and acknowledged before DISCONNECT; resolves soon. */
  settle: () => Promise<void>
  changed: (state: SessionState) => void
}

/** One try to connect, and the connection that comes of it. */
class Attempt {
  wire: Wire | undefined
  link: Link | undefined
  readonly ended: Promise<void>
  end: () => void = () => undefined

  constructor() {
    this.ended = new Promise((resolve) => {
      this.end = resolve
    })
  }
}

/**
 * The life of one connection: does what `stepSession` decides, with real wires and timers. There is one
 * wire at a time, so a client id is never connected twice from here.
 */
export class Session {
  readonly #host: SessionHost
  readonly #owner: SessionOwner
  #state: SessionState = { phase: 'disconnected' }
  #attempt: Attempt | undefined
  /** Wires that were told to end and have not yet. */
  readonly #leaving = new Set<Attempt>()
  #stopTimer: (() => void) | undefined
  /** Retries in a row, up to the last connection that lasted. */
  #tries = 0
  /** Connections in a row that the server accepted and soon closed; see `judgeEnd`. */
  #cuts = 0
  /** Given by an MQTT 5 broker to a client without an id; its session bears this name. */
  #assignedClientId: string | undefined
  /** What the broker's session may hold of our QoS 2 messages; see `WireOptions`. */
  readonly #unreleased = new Set<number>()

  constructor(host: SessionHost, owner: SessionOwner) {
    this.#host = host
    this.#owner = owner
  }

  get state(): SessionState {
    return this.#state
  }

  /** The connection, while it is connected. */
  get link(): Link | undefined {
    return this.#attempt?.link
  }

  /** Connects, or tries again now if it is waiting. */
  connect(): void {
    // Whoever asks for another try has a reason to.
    this.#cuts = 0
    if (this.#state.phase === 'disconnected') this.#tries = 0
    this.#step({ type: 'connect', now: this.#host.clock.now() })
  }

  /** What of `request` a connection says that is not up yet is lost with it. */
  disconnect(request?: DisconnectRequest): void {
    this.#step({ type: 'disconnect' }, request)
  }

  drop(): void {
    this.#step({ type: 'drop' })
  }

  /** The browser has a network again. */
  online(): void {
    this.#cuts = 0
    this.#step({ type: 'due', now: this.#host.clock.now() })
  }

  /** So much has come out of the queue of the connection that is up. */
  counted(queue: QueueCount): void {
    this.#step({ type: 'queued', queue })
  }

  /** Ends the connection because of an error of our own. */
  fail(error: unknown): void {
    const attempt = this.#attempt
    if (!attempt) return
    this.#leave(attempt)
    attempt.wire?.close()
    const failure: ConnectionFailure = { code: 'unexpected', detail: describeError(error) }
    this.#step({ type: 'ended', failure })
  }

  /** The next connection has another session, so what is known of this one is of no use. */
  forgetSession(): void {
    this.#assignedClientId = undefined
    this.#unreleased.clear()
  }

  /** Ends the connection as `disconnect` does, and resolves when the wire is gone. */
  async end(): Promise<void> {
    this.disconnect()
    await this.#allGone()
  }

  #step(input: SessionInput, request?: DisconnectRequest): void {
    const { state, effect } = stepSession(this.#state, input)
    if (state === this.#state) return
    this.#state = state
    this.#perform(effect, request)
    this.#owner.changed(state)
  }

  #perform(effect: SessionEffect | undefined, request: DisconnectRequest | undefined): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    if (effect === 'open') void this.#open()
    else if (effect === 'close') void this.#close(request)
    else if (effect === 'drop') this.#drop()
    else if (effect === 'wait') this.#wait()
  }

  /** Never rejects. */
  async #open(): Promise<void> {
    const attempt = new Attempt()
    this.#attempt = attempt
    // Two wires with one client id would fight, and the broker would publish the will of the first.
    await this.#allGone()
    if (this.#attempt !== attempt) return
    const { openWire, pageProtocol } = this.#host
    const profile = this.#owner.profile()
    const clientId = profile.clientId === '' ? (this.#assignedClientId ?? '') : profile.clientId
    const { tap } = this.#owner
    // Once is enough, and a retry that goes on for hours shall not knock twice each time.
    const isExamined = this.#state.phase === 'connecting'
    const kept = { isExamined, unreleased: this.#unreleased, ...(tap ? { tap } : {}) }
    const options = { profile, clientId, pageProtocol, ...kept }
    try {
      attempt.wire = openWire(options, this.#listener(attempt, profile))
    } catch (error) {
      this.fail(error)
    }
  }

  #listener(attempt: Attempt, profile: Profile): WireListener {
    const guarded = (act: () => void) => {
      try {
        act()
      } catch (error) {
        if (attempt === this.#attempt) this.fail(error)
      }
    }
    // A wire that was told to end still gives what arrives until its DISCONNECT.
    const whileLinked = (act: (link: Link) => void) => {
      guarded(() => {
        if (attempt.link) act(attempt.link)
      })
    }
    return {
      connected: (info) => guarded(() => this.#connected(attempt, profile, info)),
      received: (publishes) => whileLinked((link) => this.#owner.received(publishes, link)),
      released: (packetId) => whileLinked((link) => this.#owner.released(packetId, link)),
      pinged: (roundTrip) => {
        if (attempt === this.#attempt) this.#step({ type: 'pinged', roundTrip })
      },
      ended: (failure) => this.#ended(attempt, failure),
    }
  }

  #connected(
    attempt: Attempt,
    profile: Profile,
    { sessionPresent, limits }: { sessionPresent: boolean; limits: ServerLimits },
  ): void {
    const { wire } = attempt
    if (attempt !== this.#attempt || !wire) return
    this.#assignedClientId = limits.assignedClientId ?? this.#assignedClientId
    attempt.link = { wire, profile, sessionPresent, limits }
    const now = this.#host.clock.now()
    const story = this.#owner.linked(attempt.link)
    this.#step({ type: 'connected', now, story, limits })
  }

  #ended(attempt: Attempt, failure: ConnectionFailure | undefined): void {
    attempt.end()
    this.#leaving.delete(attempt)
    if (attempt !== this.#attempt) return
    this.#forget(attempt)
    const judged = judgeEnd(this.#cuts, {
      state: this.#state,
      failure: failure ?? { code: 'unexpected', detail: 'The connection ended by itself' },
      now: this.#host.clock.now(),
      isOnline: this.#isOnline(),
    })
    this.#cuts = judged.cuts
    const retry = this.#retryAfter(judged.failure)
    this.#step({ type: 'ended', failure: judged.failure, ...(retry ? { retry } : {}) })
  }

  #retryAfter(failure: ConnectionFailure): Retry | undefined {
    const { autoReconnect, reconnectPeriod } = this.#owner.profile()
    if (!autoReconnect || isFinal(failure)) return undefined
    const now = this.#host.clock.now()
    this.#tries = nextAttempt(this.#state, this.#tries, now)
    const delay = retryDelay(this.#tries, reconnectPeriod, this.#host.random())
    return { attempt: this.#tries, retryAt: now + delay }
  }

  /** DISCONNECT goes out once everything that has come is acknowledged, or cannot be soon. */
  async #close(request: DisconnectRequest | undefined): Promise<void> {
    const attempt = this.#attempt
    if (!attempt) return
    const wasLinked = attempt.link !== undefined
    this.#leave(attempt, request ?? NORMAL_DISCONNECTION)
    if (wasLinked) await this.#owner.settle()
    attempt.link = undefined
    if (attempt.wire) attempt.wire.close(request)
    else this.#ended(attempt, undefined)
  }

  #drop(): void {
    const attempt = this.#attempt
    if (!attempt) return
    this.#leave(attempt)
    attempt.link = undefined
    attempt.wire?.drop()
  }

  /** The attempt is no longer the one that counts, but its wire is still there. */
  #leave(attempt: Attempt, disconnect?: DisconnectRequest): void {
    if (attempt.wire) this.#leaving.add(attempt)
    this.#attempt = undefined
    if (attempt.link) this.#owner.unlinked(attempt.link, disconnect)
  }

  #forget(attempt: Attempt): void {
    this.#attempt = undefined
    if (attempt.link) this.#owner.unlinked(attempt.link)
    attempt.link = undefined
  }

  #wait(): void {
    if (this.#state.phase !== 'waiting') return
    const { clock } = this.#host
    this.#stopTimer = clock.after(this.#state.retryAt - clock.now(), () => {
      const now = clock.now()
      if (this.#isOnline()) this.#step({ type: 'due', now })
      else this.#step({ type: 'postponed', retryAt: now + LONGEST_WAIT })
    })
  }

  /** This machine itself can be reached without any network. */
  #isOnline(): boolean {
    return this.#host.isOnline() || isLoopback(this.#owner.profile().host)
  }

  async #allGone(): Promise<void> {
    await Promise.all([...this.#leaving].map(({ ended }) => ended))
  }
}
