import type { EpochMs, Milliseconds } from '../src/core/units.ts'

/** Opaque to the broker: what `after` gave is handed back to `cancel`. */
export type TimerHandle = unknown

/** Where the broker takes its time from, so that a test can make five minutes pass at once. */
export type Clock = {
  now(): EpochMs
  after(wait: Milliseconds, action: () => void): TimerHandle
  cancel(handle: TimerHandle): void
}

/** The clock of the platform, the same in a worker and in Node. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (wait, action) => setTimeout(action, wait),
  cancel: (handle) => clearTimeout(handle as ReturnType<typeof setTimeout>),
}

/** `setTimeout` keeps its wait in 31 bits and fires at once when it is given more. */
const LONGEST_TIMER: Milliseconds = 2 ** 31 - 1

/**
 * One action at one time in the future, however far away: a session expiry of 136 years is legal
 * (MQTT 5.0 §3.1.2.11.2), so a long wait is made of several timers.
 */
export class Alarm {
  readonly #clock: Clock
  #handle: TimerHandle
  #set = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs `action` once after `wait`, instead of whatever was set before. */
  set(wait: Milliseconds, action: () => void): void {
    this.cancel()
    this.#set = true
    const step = Math.min(Math.max(wait, 0), LONGEST_TIMER)
    this.#handle = this.#clock.after(step, () => {
      this.#set = false
      if (wait > step) this.set(wait - step, action)
      else action()
    })
  }

  cancel(): void {
    if (this.#set) this.#clock.cancel(this.#handle)
    this.#set = false
  }
}
