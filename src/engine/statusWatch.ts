import type { ConnectionId } from '@/core/id.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { BrokerStatus } from './brokerStatus.ts'
import type { Clock } from './clock.ts'
import type { Page } from './pages.ts'
import { ALL } from './sysValues.ts'

/** Brokers publish in rounds of some seconds: this much later a round has come as a whole. */
const GATHERING: Milliseconds = 500

/** What a page has of a status, and whether there is more. */
type Watched = { after: number; generation: number; isDirty: boolean }

/** The pages that look at the status of a broker. While there is one, its connection subscribes to it. */
export class StatusWatch {
  readonly #clock: Clock
  readonly #find: (connection: ConnectionId) => BrokerStatus | undefined
  readonly #watched = new Map<Page, Map<ConnectionId, Watched>>()
  #stopTimer: (() => void) | undefined

  constructor(clock: Clock, find: (connection: ConnectionId) => BrokerStatus | undefined) {
    this.#clock = clock
    this.#find = find
  }

  /** Sends what is known, and from then on what comes. A page that looks already asks once more. */
  watch(page: Page, connection: ConnectionId): void {
    const ofPage = this.#watched.get(page) ?? new Map<ConnectionId, Watched>()
    this.#watched.set(page, ofPage)
    const watched = { after: ALL, generation: -1, isDirty: true }
    ofPage.set(connection, watched)
    this.#find(connection)?.watchersChanged()
    this.#send(page, connection, watched)
  }

  unwatch(page: Page, connection: ConnectionId): void {
    if (!this.#watched.get(page)?.delete(connection)) return
    if (!this.isWatched(connection)) this.#find(connection)?.watchersChanged()
  }

  /** The page is gone, or starts anew. */
  forget(page: Page): void {
    const connections = [...(this.#watched.get(page)?.keys() ?? [])]
    for (const connection of connections) this.unwatch(page, connection)
    this.#watched.delete(page)
  }

  isWatched(connection: ConnectionId): boolean {
    return [...this.#watched.values()].some((ofPage) => ofPage.has(connection))
  }

  /** There is something new in the status of a connection. */
  changed(connection: ConnectionId): void {
    for (const ofPage of this.#watched.values()) {
      const watched = ofPage.get(connection)
      if (!watched) continue
      watched.isDirty = true
      this.#request()
    }
  }

  /** A page that was held back may take more. */
  refresh(): void {
    if (this.#watched.size > 0) this.#request()
  }

  stop(): void {
    this.#stopTimer?.()
    this.#stopTimer = undefined
  }

  #request(): void {
    this.#stopTimer ??= this.#clock.after(GATHERING, () => {
      this.#stopTimer = undefined
      this.#show()
    })
  }

  #show(): void {
    for (const [page, ofPage] of this.#watched) {
      for (const [connection, watched] of ofPage) this.#send(page, connection, watched)
    }
  }

  #send(page: Page, connection: ConnectionId, watched: Watched): void {
    if (!watched.isDirty || !page.hasCredit) return
    const status = this.#find(connection)
    if (!status) return
    const { grant, generation, latest } = status
    const isWhole = watched.generation !== generation
    const update = status.read(isWhole ? ALL : watched.after)
    Object.assign(watched, { after: latest, generation, isDirty: false })
    page.useCredit()
    page.send({ type: 'brokerStatus', connection, grant, isWhole, ...update })
  }
}
