import type { Clock } from './clock.ts'
import type { Limits } from './limits.ts'
import { Session } from './session.ts'

/** All sessions by client id, and their ends. */
export class Sessions {
  readonly #limits: Limits
  readonly #clock: Clock
  readonly #onEnd: (session: Session) => void
  readonly #sessions = new Map<string, Session>()

  /** `onEnd` runs once for each session that ends, when it is already forgotten. */
  constructor(limits: Limits, clock: Clock, onEnd: (session: Session) => void) {
    this.#limits = limits
    this.#clock = clock
    this.#onEnd = onEnd
  }

  find(clientId: string): Session | undefined {
    return this.#sessions.get(clientId)
  }

  all(): Session[] {
    return [...this.#sessions.values()]
  }

  /** The client's session, or a new one: after a clean start (§3.1.2.4), or when there is none. */
  open(clientId: string, cleanStart: boolean): { session: Session; present: boolean } {
    const known = this.#sessions.get(clientId)
    if (known !== undefined && !cleanStart) {
      known.expiryAlarm.cancel()
      known.will.cancel()
      return { session: known, present: true }
    }
    if (known !== undefined) this.end(known)
    const session = new Session(clientId, this.#limits, this.#clock)
    this.#sessions.set(clientId, session)
    return { session, present: false }
  }

  /** The session has no connection any more: it ends now or when its expiry interval is over. */
  leave(session: Session): void {
    session.link = undefined
    session.outbound.detach()
    if (session.expiry === 0) this.end(session)
    else session.expiryAlarm.set(session.expiry * 1000, () => this.end(session))
  }

  /** Forgets the session. A will that still waits is published: the session's end is its latest moment. */
  end(session: Session): void {
    this.#sessions.delete(session.clientId)
    session.expiryAlarm.cancel()
    this.#onEnd(session)
    session.will.fire()
  }

  /** Forgets everything and publishes nothing. */
  clear(): void {
    for (const session of this.all()) {
      session.expiryAlarm.cancel()
      session.will.cancel()
    }
    this.#sessions.clear()
  }
}
