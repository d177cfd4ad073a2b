import { withinQuota, type Retention } from '@/core/retention.ts'
import type { Bytes, Milliseconds } from '@/core/units.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import type { Clock } from './clock.ts'

/** A quiet log gets too old without anything being written to it. */
export const AGE_CHECK: Milliseconds = 60_000

export type TrimmerOptions = {
  log: MessageLog
  clock: Clock
  limits: () => Retention
  /** What the browser gives the whole site; undefined where it does not say. */
  quota: () => Bytes | undefined
  onTrimmed: () => void
  onError: (error: unknown) => void
}

/** Keeps one log within its limits. One failure is said, and the next is tried after `AGE_CHECK`. */
export class Trimmer {
  readonly #options: TrimmerOptions
  #isRunning = false
  #hasFailed = false
  #stopTimer: (() => void) | undefined
  #isClosed = false

  constructor(options: TrimmerOptions) {
    this.#options = options
    this.#schedule()
  }

  /** The log has grown, or its limits are others. Returns at once. */
  check(): void {
    if (this.#isRunning || this.#hasFailed || this.#isClosed) return
    const { log, clock, limits, quota, onTrimmed, onError } = this.#options
    const allowed = withinQuota(limits(), quota())
    const { start } = log
    if (!log.exceeds(allowed, clock.now())) return
    this.#isRunning = true
    log
      .letGo(allowed, clock.now())
      .then(
        () => {
          if (log.start !== start) onTrimmed()
        },
        (error: unknown) => {
          this.#hasFailed = true
          onError(error)
        },
      )
      .finally(() => (this.#isRunning = false))
  }

  close(): void {
    this.#isClosed = true
    this.#stopTimer?.()
  }

  #schedule(): void {
    this.#stopTimer = this.#options.clock.after(AGE_CHECK, () => {
      this.#hasFailed = false
      this.check()
      this.#schedule()
    })
  }
}
