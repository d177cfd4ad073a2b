import type { Milliseconds } from '@/core/units.ts'
import { Engine } from './engine.ts'
import { Pages, type Page, type PagePort } from './pages.ts'
import type { Command } from './protocol.ts'
import type { SessionHost } from './session.ts'
import { describeError } from './failureOf.ts'
import { report } from './surroundings.ts'

const SILENCE_CHECK: Milliseconds = 10_000

type Life =
  { phase: 'starting' } | { phase: 'running'; engine: Engine } | { phase: 'broken'; detail: string }

/**
 * The life of the engine in this worker, from the first page to the last. Answers whatever a page may
 * say before the engine runs, or when it cannot.
 */
export class EngineHost {
  readonly #host: SessionHost
  readonly #pages: Pages
  #life: Life = { phase: 'starting' }

  constructor(host: SessionHost) {
    this.#host = host
    this.#pages = new Pages(host.clock)
  }

  /** Starts the engine. Never rejects: pages that ask are told what went wrong. */
  async start(): Promise<void> {
    this.#checkSilence()
    try {
      const engine = await Engine.start({
        host: this.#host,
        pages: this.#pages,
        databaseEvents: {
          onBlocked: () => {},
          onSuperseded: () => {},
          onTerminated: () => {},
        },
      })
      this.#life = { phase: 'running', engine }
    } catch (error) {
      this.#life = { phase: 'broken', detail: describeError(error) }
    }
    for (const page of this.#pages.all()) this.#greet(page)
  }

  /** Takes a command from the page at this port. */
  receive(port: PagePort, command: Command): void {
    if (command.type === 'hello') {
      this.#forget(this.#pages.forget(port))
      this.#greet(this.#pages.admit(port))
    } else if (command.type === 'ping') this.#pong(port)
    else if (command.type === 'goodbye') this.#forget(this.#pages.forget(port))
    else if (command.type !== 'takeOver' && this.#life.phase === 'running') {
      const page = this.#pages.heard(port)
      if (page) this.#life.engine.handle(page, command)
    }
  }

  /** The browser has a network again. */
  online(): void {
    if (this.#life.phase === 'running') this.#life.engine.online()
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

  #forget(page: Page | undefined): void {
    if (page && this.#life.phase === 'running') this.#life.engine.forget(page)
  }

  #checkSilence(): void {
    for (const page of this.#pages.forgetSilent()) this.#forget(page)
    this.#host.clock.after(SILENCE_CHECK, () => this.#checkSilence())
  }
}
