import type { Place } from './succession.ts'

/** Never changed: engines of all builds must mean the same lock. */
const NAME = 'mqtab-engine'

/** The part of the Web Locks API that is used. */
export type Locks = Pick<LockManager, 'request'>

/**
 * The place as a Web Lock (secure contexts only). The browser gives it back when the worker that holds
 * it ends, however it ends.
 */
export class LockPlace implements Place {
  readonly #locks: Locks
  readonly #onLost: () => void
  #waiting = new AbortController()
  #granted: () => void = () => undefined
  #failed: (error: unknown) => void = () => undefined
  #release: (() => void) | undefined

  /** `onLost`: another engine has seized the place. */
  constructor(locks: Locks, onLost: () => void) {
    this.#locks = locks
    this.#onLost = onLost
  }

  /** Rejects where the browser refuses locks, as it does where it refuses storage. */
  take(): Promise<void> {
    this.#waiting = new AbortController()
    return new Promise((resolve, reject) => {
      this.#granted = resolve
      this.#failed = reject
      this.#request({ signal: this.#waiting.signal })
    })
  }

  seize(): void {
    this.#waiting.abort()
    this.#request({ steal: true })
  }

  release(): void {
    this.#release?.()
    this.#release = undefined
  }

  #request(options: LockOptions): void {
    const held = this.#locks.request(NAME, options, () => {
      const release = new Promise<void>((resolve) => {
        this.#release = resolve
      })
      this.#granted()
      return release
    })
    held.catch((error: unknown) => {
      if (this.#release) {
        this.#release = undefined
        this.#onLost()
      } else if (!this.#waiting.signal.aborted) this.#failed(error)
    })
  }
}
