import type { Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'

/**
 * What engines of one origin say to each other. Engines of other builds read it too, so what is here is
 * never changed, only added to; what an engine does not know it ignores.
 */
export type SuccessionMessage =
  /** Whoever is in charge ends, because the sender takes its place. */
  | { type: 'leave' }
  /** Where there are no Web Locks: is anybody in charge? Each engine has a random `from`. */
  | { type: 'ask'; from: string }
  | { type: 'here'; to: string }
  | { type: 'left' }

export const CHANNEL = 'mqtab-engines'

/** The part of BroadcastChannel that is used. A message does not come back to its sender. */
export interface SuccessionChannel {
  postMessage(message: SuccessionMessage): void
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void
}

/** The place that only one engine of an origin can have. */
export interface Place {
  /** Resolves once the place is ours. */
  take(): Promise<void>
  /** Takes the place from one that does not answer. */
  seize(): void
  release(): void
}

/**
 * So long the engine of a page that is being reloaded may take to go away before anyone is told. Longer
 * than it takes to learn without Web Locks that nobody is there.
 */
export const PATIENCE: Milliseconds = 1_000

/** `leave` is said this often, since an engine that has just entered did not hear the last one. */
export const INSISTING_PERIOD: Milliseconds = 1_000

/** An engine that was asked to leave has this long to end its connections and to store what it has. */
export const LEAVING_TIME: Milliseconds = 10_000

export type SuccessionOptions = {
  clock: Clock
  channel: SuccessionChannel
  place: Place
  /** Another engine is in charge and is not asked to leave. */
  onOccupied: () => void
  /** Another engine wants this place: end everything, then `leave`. */
  onAsked: () => void
}

/**
 * Sees to it that one engine is in charge, across tabs and builds. Two engines would fight over client
 * ids and both write into one log. The place itself is guarded by `place`; this is how it is handed over
 * in good order, so that the old engine can say DISCONNECT before the new one connects.
 */
export class Succession {
  readonly #options: SuccessionOptions
  #state: 'outside' | 'waiting' | 'insisting' | 'inside' = 'outside'

  constructor(options: SuccessionOptions) {
    this.#options = options
    options.channel.addEventListener('message', ({ data }) => {
      if (typeOf(data) === 'leave' && this.#state === 'inside') options.onAsked()
    })
  }

  /** Resolves once this engine is in charge. `insist`: whoever is now shall leave. */
  async enter({ insist }: { insist: boolean }): Promise<void> {
    const { clock, place, onOccupied } = this.#options
    this.#state = 'waiting'
    if (insist) this.insist()
    const stop = clock.after(PATIENCE, () => {
      if (this.#state === 'waiting') onOccupied()
    })
    await place.take()
    stop()
    this.#state = 'inside'
  }

  /** Asks the engine in charge to leave; after `LEAVING_TIME` its place is taken from it. */
  insist(): void {
    if (this.#state !== 'waiting') return
    this.#state = 'insisting'
    this.#say()
    this.#options.clock.after(LEAVING_TIME, () => {
      if (this.#isInsisting) this.#options.place.seize()
    })
  }

  /** Gives the place to whoever wants it. */
  leave(): void {
    if (this.#state === 'outside') return
    this.#state = 'outside'
    this.#options.place.release()
  }

  get #isInsisting(): boolean {
    return this.#state === 'insisting'
  }

  #say(): void {
    if (!this.#isInsisting) return
    this.#options.channel.postMessage({ type: 'leave' })
    this.#options.clock.after(INSISTING_PERIOD, () => this.#say())
  }
}

/** The type of a message that may come from any build. */
export function typeOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : undefined
}
