import type { Milliseconds } from '@/core/units.ts'
import type { DatabaseEvents } from '@/log/database.ts'
import { Engine } from './engine.ts'
import { describeError } from './failureOf.ts'
import { Pages, type Page, type PagePort } from './pages.ts'
import type { Command } from './protocol.ts'
import type { Place, SuccessionChannel } from './succession.ts'
import { Succession } from './succession.ts'
import { report, type EngineSystem } from './surroundings.ts'

/** How often pages are looked for that were silent for too long. */
const SILENCE_CHECK: Milliseconds = 10_000

/** What an engine needs of the worker that it runs in. */
export type WorkerHost = EngineSystem & {
  channel: SuccessionChannel
  /** `onLost`: another engine has seized the place. */
  openPlace: (onLost: () => void) => Place
  /** Whether all pages of this build share this worker; then it takes over from engines of others. */
  isShared: boolean
  /** Ends the worker. */
  close: () => void
}

type Life =
  | { phase: 'starting' }
  /** Another engine is in charge; this one starts when that is gone. */
  | { phase: 'occupied' }
  /** The databases wait for an older MQTab to let go of them. */
  | { phase: 'blocked' }
  | { phase: 'running'; engine: Engine }
  | { phase: 'broken'; detail: string }
  | { phase: 'retired' }

/**
 * The life of the engine in this worker, from the first page to the last. Answers whatever a page may
 * say before the engine runs, or when it cannot.
 */
export class EngineHost {
  readonly #host: WorkerHost
  readonly #pages: Pages
  readonly #succession: Succession
  #life: Life = { phase: 'starting' }
  /** The engine that was started last; undefined where its start failed. */
  #engine: Promise<Engine | undefined> = Promise.resolve(undefined)

  constructor(host: WorkerHost) {
    this.#host = host
    this.#pages = new Pages(host.clock)
    this.#succession = new Succession({
      ...{ clock: host.clock, channel: host.channel },
      place: host.openPlace(() => void this.#retire({ store: false })),
      onOccupied: () => this.#become({ phase: 'occupied' }),
      onAsked: () => void this.#retire({ store: true }),
    })
    this.#checkSilence()
  }

  /** Starts the engine once it is in charge. Never rejects: pages that ask are told what went wrong. */
  async start(): Promise<void> {
    this.#become({ phase: 'starting' })
    try {
      await this.#succession.enter({ insist: this.#host.isShared })
    } catch (error) {
      this.#become({ phase: 'broken', detail: describeError(error) })
      return
    }
    await this.#startEngine()
  }

  /** Takes a command from the page at this port. */
  receive(port: PagePort, command: Command): void {
    if (command.type === 'hello') this.#hello(port)
    else if (command.type === 'ping') this.#pong(port)
    else if (command.type === 'goodbye') this.#forget(this.#pages.forget(port))
    else if (command.type === 'takeOver') this.#succession.insist()
    else if (this.#life.phase === 'running') {
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

  async #startEngine(): Promise<void> {
    this.#become({ phase: 'starting' })
    const starting = this.#openEngine(() => starting === this.#engine)
    this.#engine = starting
    const engine = await starting
    if (engine) this.#become({ phase: 'running', engine })
  }

  /** `isLatest`: no other engine has been started in this worker since. */
  async #openEngine(isLatest: () => boolean): Promise<Engine | undefined> {
    const databaseEvents: DatabaseEvents = {
      onBlocked: () => this.#become({ phase: 'blocked' }),
      onSuperseded: () => {
        if (isLatest()) void this.#retire({ store: false })
      },
      onTerminated: () => {
        if (isLatest()) void this.#restart()
      },
    }
    try {
      return await Engine.start({ host: this.#host, pages: this.#pages, databaseEvents })
    } catch (error) {
      this.#become({ phase: 'broken', detail: describeError(error) })
      this.#succession.leave()
      return undefined
    }
  }

  /** The browser closed the databases, perhaps because the user deleted them: starts from what is left. */
  async #restart(): Promise<void> {
    if (this.#life.phase !== 'running') return
    const { engine } = this.#life
    this.#become({ phase: 'starting' })
    await engine.end({ store: false })
    await this.#startEngine()
  }

  /** Ends for good, because another engine takes over or has done so. */
  async #retire({ store }: { store: boolean }): Promise<void> {
    if (this.#life.phase === 'retired') return
    this.#become({ phase: 'retired' })
    const engine = await this.#engine
    await engine?.end({ store })
    this.#succession.leave()
    this.#host.close()
  }

  #become(life: Life): void {
    // Retired is for good, whatever was still on its way.
    if (this.#life.phase === 'retired') return
    this.#life = life
    for (const page of this.#pages.all()) this.#greet(page)
  }

  #hello(port: PagePort): void {
    this.#forget(this.#pages.forget(port))
    const page = this.#pages.admit(port)
    // A reload is how a reader tries again, and it may find this same worker.
    if (this.#life.phase === 'broken') void this.start()
    else this.#greet(page)
  }

  /** Tells a page how it stands. While the engine starts there is nothing to say. */
  #greet(page: Page): void {
    switch (this.#life.phase) {
      case 'running':
        this.#life.engine.welcome(page)
        return
      case 'occupied':
      case 'retired':
        page.send({ type: this.#life.phase })
        return
      case 'broken':
        page.send({ type: 'broken', detail: this.#life.detail })
        return
      case 'blocked':
        page.send({ type: 'broken', detail: BLOCKED })
        return
      case 'starting':
        return
    }
  }

  #pong(port: PagePort): void {
    const known = this.#pages.heard(port)
    const page = known ?? this.#pages.admit(port)
    // It was silent for so long that it counted as gone, and missed what happened since.
    if (!known) this.#greet(page)
    else if (this.#life.phase === 'running') this.#life.engine.heard()
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

const BLOCKED = 'Another tab with an older MQTab keeps the storage open. Close that tab.'
