import type { EpochMs, Milliseconds, Seconds } from '../src/core/units.ts'
import { Alarm, type Clock } from './clock.ts'

/**
 * Watches that a client is heard within one and a half times its keep alive (MQTT 5.0 §3.1.2.10).
 * Hearing only notes the time; the alarm looks at it when it rings, so that a busy client costs nothing.
 */
export class KeepAlive {
  readonly #clock: Clock
  readonly #alarm: Alarm
  readonly #patience: Milliseconds
  readonly #onSilence: () => void
  #heard: EpochMs

  /** With a keep alive of 0 it never complains. */
  constructor(keepAlive: Seconds, clock: Clock, onSilence: () => void) {
    this.#clock = clock
    this.#alarm = new Alarm(clock)
    this.#patience = keepAlive * 1500
    this.#onSilence = onSilence
    this.#heard = clock.now()
    if (keepAlive > 0) this.#wait(this.#patience)
  }

  heard(): void {
    this.#heard = this.#clock.now()
  }

  stop(): void {
    this.#alarm.cancel()
  }

  #wait(time: Milliseconds): void {
    this.#alarm.set(time, () => {
      const left = this.#heard + this.#patience - this.#clock.now()
      if (left > 0) this.#wait(left)
      else this.#onSilence()
    })
  }
}
