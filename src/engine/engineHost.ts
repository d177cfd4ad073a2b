import type { Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'
import { Engine } from './engine.ts'
import { Pages, type Page, type PagePort } from './pages.ts'
import type { Command } from './protocol.ts'
import { describe, report } from './surroundings.ts'

const SILENCE_CHECK: Milliseconds = 10_000

type Life =
  { phase: 'starting' } | { phase: 'running'; engine: Engine } | { phase: 'broken'; detail: string }

/**
 * The life of the engine in this worker, from the first page to the last. Answers whatever a page may
 * say before the engine runs, or when it cannot.
 */
export class EngineHost {
  readonly #clock: Clock
  readonly #pages: Pages
  #life: Life = { phase: 'starting' }

  constructor(clock: Clock) {
    this.#clock = clock
    this.#pages = new Pages(clock)
  }

  /** Starts the engine. Never rejects: pages that ask are told what went wrong. */
  async start(): Promise<void> {
    this.#checkSilence()
    try {
      const engine = await Engine.start({
        clock: this.#clock,
        pages: this.#pages,
        databaseEvents: {
          onBlocked: () => {},
          onSuperseded: () => {},
          onTerminated: () => {},
        },
      })
      this.#life = { phase: 'running', engine }
    } catch (error) {
      this.#life = { phase: 'broken', detail: describe(error) }
    }
    for (const page of this.#pages.all()) this.#greet(page)
  }

  /** Takes a command from the page at this port. */
  receive(port: PagePort, command: Command): void {
    if (command.type === 'hello') this.#greet(this.#pages.admit(port))
    else if (command.type === 'ping') this.#pong(port)
    else if (command.type === 'goodbye') this.#pages.forget(port)
    else if (command.type !== 'takeOver' && this.#life.phase === 'running') {
      this.#pages.heard(port)
      this.#life.engine.handle(command)
    }
  }

  /** Says an error that nothing else has caught. */
  reportUncaught(error: unknown): void {
    report({ announce: (event) => this.#pages.broadcast(event) }, error)
  }

  #greet(page: Page): void {
    if (this.#life.phase === 'running') this.#life.engine.welcome(page)
    if (this.#life.phase === 'broken') page.send({ type: 'broken', detail: this.#life.detail })
  }

  #pong(port: PagePort): void {
    const known = this.#pages.heard(port)
    const page = known ?? this.#pages.admit(port)
    // It was silent for so long that it counted as gone, and missed what happened since.
    if (!known) this.#greet(page)
    page.send({ type: 'pong' })
  }

  #checkSilence(): void {
    this.#pages.forgetSilent()
    this.#clock.after(SILENCE_CHECK, () => this.#checkSilence())
  }
}
