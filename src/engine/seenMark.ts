import type { Milliseconds } from '@/core/units.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import type { Clock } from './clock.ts'

/** While messages stream past a reader, how far she has read is stored this often. */
const STORING_PERIOD: Milliseconds = 500

export type SeenMarkOptions = {
  log: MessageLog
  clock: Clock
  onError: (error: unknown) => void
}

/** How many of the received messages the reader has seen: known at once, stored a little later. */
export class SeenMark {
  readonly #options: SeenMarkOptions
  /** What is not stored yet, and how often the log had been cleared when it was said. */
  #unstored: { received: number; cleared: number } | undefined
  #stopTimer: (() => void) | undefined

  constructor(options: SeenMarkOptions) {
    this.#options = options
  }

  get received(): number {
    const { seen, received, cleared } = this.#options.log.counters
    const unstored = this.#unstored?.cleared === cleared ? this.#unstored.received : 0
    return Math.min(received, Math.max(seen, unstored))
  }

  /** The reader has seen the first `received` messages; never fewer than before. */
  set(received: number): void {
    const { clock, log } = this.#options
    if (received <= this.received) return
    this.#unstored = { received, cleared: log.counters.cleared }
    this.#stopTimer ??= clock.after(STORING_PERIOD, () => void this.#store())
  }

  /** Resolves when it is stored, or could not be. Never rejects. */
  async settled(): Promise<void> {
    if (this.#stopTimer) await this.#store()
  }

  async #store(): Promise<void> {
    this.#stopTimer?.()
    this.#stopTimer = undefined
    const { received } = this
    try {
      await this.#options.log.setSeen(received)
    } catch (error) {
      this.#options.onError(error)
    }
  }
}
