import type { Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'
import { typeOf, type Place, type SuccessionChannel } from './succession.ts'

/** Who is in charge and alive answers within this time, even while it stores a large write. */
export const ANSWER_TIME: Milliseconds = 500

/** The question is put several times: a worker that is just starting may miss the first. */
const ASKING_PERIOD: Milliseconds = 150

/** How long until somebody who is not in charge asks again. */
export const ASKING_AGAIN: Milliseconds = 1_000

export type ChannelPlaceOptions = {
  clock: Clock
  channel: SuccessionChannel
  /** Another string for each engine. */
  name: string
}

/**
 * The place where there are no Web Locks, that is on plain http: who hears no answer has it. An engine
 * that could not answer in time (its machine slept, a debugger held it) learns from `leave`, which the
 * new one says, that it has been replaced; so there may be two for as long as that message waits in its
 * queue, and never for longer.
 */
export class ChannelPlace implements Place {
  readonly #options: ChannelPlaceOptions
  #state: 'outside' | 'asking' | 'waiting' | 'inside' = 'outside'
  #taken: () => void = () => undefined
  #stopTimers: (() => void)[] = []

  constructor(options: ChannelPlaceOptions) {
    this.#options = options
    options.channel.addEventListener('message', ({ data }) => this.#hear(data))
  }

  take(): Promise<void> {
    return new Promise((resolve) => {
      this.#taken = resolve
      this.#ask()
    })
  }

  seize(): void {
    this.#stop()
    this.#state = 'inside'
    this.#options.channel.postMessage({ type: 'leave' })
    this.#taken()
  }

  release(): void {
    this.#stop()
    this.#state = 'outside'
    this.#options.channel.postMessage({ type: 'left' })
  }

  #ask(): void {
    const { clock, channel, name } = this.#options
    this.#stop()
    this.#state = 'asking'
    this.#stopTimers.push(clock.after(ANSWER_TIME, () => this.seize()))
    for (let at = 0; at < ANSWER_TIME; at += ASKING_PERIOD) {
      const ask = () => channel.postMessage({ type: 'ask', from: name })
      this.#stopTimers.push(clock.after(at, ask))
    }
  }

  #hear(data: unknown): void {
    const { channel, clock, name } = this.#options
    const type = typeOf(data)
    if (type === undefined) return
    const { from, to } = data as { from?: unknown; to?: unknown }
    if (type === 'ask' && typeof from === 'string' && this.#isBefore(from)) {
      channel.postMessage({ type: 'here', to: from })
    } else if (type === 'here' && to === name && this.#state === 'asking') {
      this.#stop()
      this.#state = 'waiting'
      this.#stopTimers.push(clock.after(ASKING_AGAIN, () => this.#ask()))
    } else if (type === 'left' && this.#state === 'waiting') this.#ask()
  }

  /** Of two that ask at the same time, the one whose name sorts first goes before the other. */
  #isBefore(other: string): boolean {
    if (this.#state === 'asking') return this.#options.name < other
    return this.#state === 'inside'
  }

  #stop(): void {
    for (const stop of this.#stopTimers.splice(0)) stop()
  }
}
