import type { EpochMs } from '@/core/units.ts'
import type { Clock } from './clock.ts'
import { PAGE_SILENCE, type EngineEvent } from './protocol.ts'

/** What a MessagePort and the global scope of a dedicated worker have in common. */
export interface PagePort {
  postMessage(event: EngineEvent, transfer: Transferable[]): void
}

/**
 * So many views are sent to a page until it is heard again. A visible page pings every second and never
 * notices; one that is frozen or throttled in the background does not pile up rows that nobody sees.
 */
const CREDIT = 60

/** One page that is open: the engine's end of its wire. */
export class Page {
  readonly #port: PagePort
  #credit = CREDIT

  constructor(port: PagePort) {
    this.#port = port
  }

  /** `transfer` are buffers inside the event that are given away instead of copied. */
  send(event: EngineEvent, transfer: Transferable[] = []): void {
    this.#port.postMessage(event, transfer)
  }

  /** Whether the page may get one more view, which uses up its credit. */
  get hasCredit(): boolean {
    return this.#credit > 0
  }

  useCredit(): void {
    this.#credit -= 1
  }

  /** The page has just said something, so it takes what it is sent. */
  renewCredit(): void {
    this.#credit = CREDIT
  }
}

type Member = { page: Page; heardAt: EpochMs }

/**
 * The pages that are open. A page that goes away need not say so, and no port tells when its other end
 * is gone, so a page counts as gone when it has been silent for `PAGE_SILENCE`.
 */
export class Pages {
  readonly #clock: Clock
  readonly #members = new Map<PagePort, Member>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** The page at this port, which is a new one where it is not known. */
  admit(port: PagePort): Page {
    const page = new Page(port)
    this.#members.set(port, { page, heardAt: this.#clock.now() })
    return page
  }

  /** The page at this port, which has just been heard; undefined when it is not known. */
  heard(port: PagePort): Page | undefined {
    const member = this.#members.get(port)
    if (!member) return undefined
    member.heardAt = this.#clock.now()
    member.page.renewCredit()
    return member.page
  }

  forget(port: PagePort): Page | undefined {
    const page = this.#members.get(port)?.page
    this.#members.delete(port)
    return page
  }

  /** Forgets the pages that were silent for too long, and returns them. */
  forgetSilent(): Page[] {
    const limit = this.#clock.now() - PAGE_SILENCE
    const silent = [...this.#members].filter(([, { heardAt }]) => heardAt < limit)
    for (const [port] of silent) this.#members.delete(port)
    return silent.map(([, { page }]) => page)
  }

  /** Sends an event to every page. */
  broadcast(event: EngineEvent): void {
    for (const { page } of this.#members.values()) page.send(event)
  }

  all(): Page[] {
    return [...this.#members.values()].map(({ page }) => page)
  }
}
