import type { Milliseconds } from '../src/core/units.ts'
import type { Clock, TimerHandle } from './clock.ts'

/** Actions that wait because a fault makes them late; all are dropped together. */
export class Delays {
  readonly #clock: Clock
  readonly #handles = new Set<TimerHandle>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Runs the action as the fault says: now without one, late by a time, or never. */
  run(late: 'never' | Milliseconds | undefined, action: () => void): void {
    if (late === 'never') return
    if (late === undefined) {
      action()
      return
    }
    const handle = this.#clock.after(late, () => {
      this.#handles.delete(handle)
      action()
    })
    this.#handles.add(handle)
  }

  cancel(): void {
    for (const handle of this.#handles) this.#clock.cancel(handle)
    this.#handles.clear()
  }
}
