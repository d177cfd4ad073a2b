import type { ConnectionId } from '@/core/id.ts'
import type { LogTotals } from '@/core/totals.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { Clock } from './clock.ts'
import { Frame } from './frame.ts'
import type { Page } from './pages.ts'
import type { Command, EngineEvent, ViewId } from './protocol.ts'
import type { Roster } from './roster.ts'
import { TotalsWatch } from './totalsWatch.ts'
import { Views } from './views.ts'

/**
 * Above so many messages a second whole screens pass by unread, and frames that only show what came are
 * further apart: at 30 a second, drawing them took the page more time than the engine took for all
 * messages. What a reader does is answered as quickly as ever.
 */
const FLOODS: readonly { rate: number; distance: Milliseconds }[] = [
  { rate: 3_000, distance: 200 },
  { rate: 300, distance: 100 },
]

/** While messages come, the rate is looked at this often, so that it falls when they stop. */
const RATE_PERIOD: Milliseconds = 250

export type DisplayOptions = {
  clock: Clock
  announce: (event: EngineEvent) => void
  onError: (error: unknown) => void
}

/** What pages see of the logs: totals and views, at most once in each frame. */
export class Display {
  readonly #options: DisplayOptions
  readonly #frame: Frame
  readonly #views: Views
  readonly #totals = new TotalsWatch()
  readonly #changed = new Set<ConnectionId>()
  /** Whose rate was not 0, or that were slowed down, when they were last looked at. */
  readonly #moving = new Set<ConnectionId>()
  #roster: Pick<Roster, 'get'> = { get: () => undefined }
  #stopRateTimer: (() => void) | undefined
  /** How far apart frames are because of a flood. */
  #distance: Milliseconds | undefined

  constructor(options: DisplayOptions) {
    this.#options = options
    this.#frame = new Frame(options.clock, () => this.#show())
    this.#views = new Views({
      find: (connection) => this.#roster.get(connection),
      onDirty: () => this.#request(),
      onError: options.onError,
    })
  }

  /** From now on these connections are shown. */
  show(roster: Pick<Roster, 'get'>): void {
    this.#roster = roster
  }

  /** A log changed, or what its rows say besides. */
  changed(connection: ConnectionId): void {
    this.#changed.add(connection)
    this.#views.changed(connection)
    this.#request()
  }

  watch(page: Page, watch: Extract<Command, { type: 'watch' }>): void {
    this.#views.watch(page, watch)
    this.#frame.request()
  }

  unwatch(page: Page, view: ViewId): void {
    this.#views.unwatch(page, view)
  }

  forget(page: Page): void {
    this.#views.forget(page)
  }

  /** Shows what was held back. */
  refresh(): void {
    this.#frame.request()
  }

  stop(): void {
    this.#frame.stop()
    this.#stopRateTimer?.()
  }

  #request(): void {
    this.#frame.request(this.#distance)
  }

  #show(): void {
    const connections = [...this.#changed].flatMap((id) => this.#roster.get(id) ?? [])
    this.#changed.clear()
    const all = connections.map((each): [ConnectionId, LogTotals] => [
      each.profile.id,
      each.totals(),
    ])
    const highest = Math.max(0, ...all.map(([, { rate }]) => rate))
    this.#distance = FLOODS.find(({ rate }) => highest > rate)?.distance
    const totals = this.#totals.changed(all)
    if (totals.length > 0) this.#options.announce({ type: 'totalsChanged', totals })
    for (const [connection, { rate, slowed }] of all) {
      if (rate > 0 || slowed) this.#moving.add(connection)
    }
    if (this.#moving.size > 0) this.#lookAgain()
    this.#views.flush()
  }

  #lookAgain(): void {
    this.#stopRateTimer ??= this.#options.clock.after(RATE_PERIOD, () => {
      this.#stopRateTimer = undefined
      for (const connection of this.#moving) this.#changed.add(connection)
      this.#moving.clear()
      this.#frame.request()
    })
  }
}
