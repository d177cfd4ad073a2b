import type { ConnectionId } from '@/core/id.ts'
import type { TraceSeq } from '@/core/packet/packetRecord.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'
import { Frame } from './frame.ts'
import type { PacketTap } from './packetTap.ts'
import type { Page } from './pages.ts'

/** A list of packets is read, not watched like a picture. */
const DISTANCE: Milliseconds = 100

/** Of a list that is all new each time nobody reads a line, and drawing it takes what a flood needs. */
const FLOOD_DISTANCE: Milliseconds = 1_000
const FLOOD = 10

const ALL: TraceSeq = -1

/** The last that a page has of a trace, and whether there is more. */
type Watched = { after: TraceSeq; isDirty: boolean; isFlooded: boolean }

/** The pages that look at the packets of a connection: each gets what is new, a few times a second. */
export class PacketWatch {
  readonly #find: (connection: ConnectionId) => PacketTap | undefined
  readonly #frame: Frame
  readonly #watched = new Map<Page, Map<ConnectionId, Watched>>()

  constructor(clock: Clock, find: (connection: ConnectionId) => PacketTap | undefined) {
    this.#find = find
    this.#frame = new Frame(clock, () => this.#show())
  }

  /** Sends all that is kept, and from then on what comes. */
  watch(page: Page, connection: ConnectionId): void {
    const ofPage = this.#watched.get(page) ?? new Map<ConnectionId, Watched>()
    this.#watched.set(page, ofPage)
    ofPage.set(connection, { after: ALL, isDirty: true, isFlooded: false })
    this.#frame.request()
  }

  unwatch(page: Page, connection: ConnectionId): void {
    this.#watched.get(page)?.delete(connection)
  }

  /** The page is gone, or starts anew. */
  forget(page: Page): void {
    this.#watched.delete(page)
  }

  /** There is more in the trace of a connection. */
  changed(connection: ConnectionId): void {
    for (const ofPage of this.#watched.values()) {
      const watched = ofPage.get(connection)
      if (!watched) continue
      watched.isDirty = true
      this.#frame.request(watched.isFlooded ? FLOOD_DISTANCE : DISTANCE)
    }
  }

  /** A page that was held back may take more. */
  refresh(): void {
    if (this.#watched.size > 0) this.#frame.request(DISTANCE)
  }

  stop(): void {
    this.#frame.stop()
  }

  #show(): void {
    for (const [page, ofPage] of this.#watched) {
      for (const [connection, watched] of ofPage) this.#send(page, connection, watched)
    }
  }

  #send(page: Page, connection: ConnectionId, watched: Watched): void {
    if (!watched.isDirty || !page.hasCredit) return
    const tap = this.#find(connection)
    if (!tap) return
    watched.isDirty = false
    const { after } = watched
    const update = tap.read(after)
    watched.after = update.records.at(-1)?.seq ?? after
    watched.isFlooded = after !== ALL && update.records.length > FLOOD
    page.useCredit()
    page.send({ type: 'packets', connection, isWhole: after === ALL, ...update })
  }
}
