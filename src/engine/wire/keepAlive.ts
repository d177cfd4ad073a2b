import type { Milliseconds, Seconds } from '@/core/units.ts'

/** The keep alive is cut into this many ticks. */
const TICKS = 4

/** Pings go out at three quarters, before a proxy cuts a link that is idle for just as long. */
const TICKS_BETWEEN_PINGS = 3

/** After one and a half keep alives without a byte the server is taken for gone, as it would us. */
const TICKS_OF_SILENCE = 6

export type KeepAliveListener = {
  /** Send a PINGREQ now. */
  ping(): void
  pinged(roundTrip: Milliseconds): void
  /** Not a byte has arrived for about one and a half keep alives. */
  silent(): void
}

/**
 * Pings the server and notices when it is silent. Any byte is a sign of life, since the answer to a ping
 * may be stuck behind a lot of data. Time is counted in ticks of a timer and not read from a clock: while
 * this thread is busy or the machine asleep there is one tick at most, and between two ticks everything
 * that has arrived is seen. So a link on which data flows never looks silent, however busy we are.
 */
export class KeepAlive {
  readonly #listener: KeepAliveListener
  readonly #timer: ReturnType<typeof setInterval> | undefined
  /** The pings without an answer, oldest first; when each left, by `performance.now()`. */
  readonly #pings: { sentAt: Milliseconds; answered?: () => void }[] = []
  #sincePing = 0
  #silence = 0

  /**
   * Pings at once, so that the round trip is known. `keepAlive` 0 means that there is none: no ping, and
   * silence is not noticed.
   */
  constructor(keepAlive: Seconds, listener: KeepAliveListener) {
    this.#listener = listener
    if (keepAlive === 0) return
    this.#timer = setInterval(() => this.#tick(), (keepAlive * 1000) / TICKS)
    this.ping()
  }

  /** Something arrived. */
  received(): void {
    this.#silence = 0
  }

  /** Pings at once. `answered` is called for the PINGRESP to this very PINGREQ, if it comes. */
  ping(answered?: () => void): void {
    this.#sincePing = 0
    this.#pings.push({ sentAt: performance.now(), ...(answered ? { answered } : {}) })
    this.#listener.ping()
  }

  /** A PINGRESP arrived; a server answers in the order of the requests. */
  answered(): void {
    const ping = this.#pings.shift()
    if (!ping) return
    this.#listener.pinged(performance.now() - ping.sentAt)
    ping.answered?.()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    this.#silence += 1
    this.#sincePing += 1
    if (this.#silence >= TICKS_OF_SILENCE) {
      this.stop()
      this.#listener.silent()
    } else if (this.#sincePing >= TICKS_BETWEEN_PINGS) this.ping()
  }
}
