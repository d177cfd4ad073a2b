/**
 * Writes a value that is always replaced as a whole. One write runs at a time; a value that was
 * replaced before its turn is never written, so a slow disk makes fewer writes and not a queue.
 */
export class LatestWrite<Value> {
  readonly #write: (value: Value) => Promise<void>
  readonly #onError: (error: unknown) => void
  #next: { value: Value } | undefined
  #running: Promise<void> | undefined

  /** `onError` gets what `write` rejects with; the value is then not tried again. */
  constructor(write: (value: Value) => Promise<void>, onError: (error: unknown) => void) {
    this.#write = write
    this.#onError = onError
  }

  put(value: Value): void {
    this.#next = { value }
    this.#running ??= this.#run()
  }

  /** Resolves when everything that was put is written or has failed. Never rejects. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    for (let next = this.#next; next; next = this.#next) {
      this.#next = undefined
      try {
        await this.#write(next.value)
      } catch (error) {
        this.#onError(error)
      }
    }
    this.#running = undefined
  }
}
