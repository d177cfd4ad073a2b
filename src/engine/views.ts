import type { ConnectionId } from '@/core/id.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import type { Page } from './pages.ts'
import type { Command, ViewId } from './protocol.ts'
import type { RowContext } from './row.ts'
import { View, type ViewContent } from './view.ts'

type Watch = Extract<Command, { type: 'watch' }>

/** What is shown of a connection. */
export type Viewable = { log: MessageLog; rowContext: RowContext }

type Watched = {
  page: Page
  watch: Watch
  /** Absent while the connection does not exist. */
  view: View | undefined
  log: MessageLog | undefined
  isDirty: boolean
  isReading: boolean
  hasFailed: boolean
}

export type ViewsOptions = {
  find: (connection: ConnectionId) => Viewable | undefined
  /** Something should be sent with the next frame: call `flush` then. */
  onDirty: () => void
  onError: (error: unknown, connection: ConnectionId) => void
}

const NOTHING: ViewContent = { first: 0, count: 0, from: 0, rows: [], cleared: 0 }

/** The open views of all pages. Each is sent at most once for each `flush`, and only if it changed. */
export class Views {
  readonly #options: ViewsOptions
  readonly #watched = new Map<Page, Map<ViewId, Watched>>()

  constructor(options: ViewsOptions) {
    this.#options = options
  }

  watch(page: Page, watch: Watch): void {
    const ofPage = this.#watched.get(page) ?? new Map<ViewId, Watched>()
    this.#watched.set(page, ofPage)
    const known = ofPage.get(watch.view)
    if (known && isSameView(known.watch, watch)) {
      // Only the window moved; what passes the filter is known already.
      known.watch = watch
      this.#markDirty(known)
      return
    }
    const fresh = { page, watch, view: undefined, log: undefined }
    const watched = { ...fresh, isDirty: false, isReading: false, hasFailed: false }
    ofPage.set(watch.view, watched)
    this.#markDirty(watched)
  }

  unwatch(page: Page, view: ViewId): void {
    this.#watched.get(page)?.delete(view)
  }

  /** The page is gone, or starts anew. */
  forget(page: Page): void {
    this.#watched.delete(page)
  }

  /** The log of a connection changed, or what its rows say besides. */
  changed(connection: ConnectionId): void {
    for (const watched of this.#all()) {
      if (watched.watch.connection === connection) this.#markDirty(watched)
    }
  }

  /** Sends the views that changed. */
  flush(): void {
    for (const watched of this.#all()) {
      if (!watched.isDirty || watched.isReading || !watched.page.hasCredit) continue
      watched.isDirty = false
      watched.isReading = true
      void this.#send(watched).then(() => {
        watched.isReading = false
        if (watched.isDirty && watched.page.hasCredit) this.#options.onDirty()
      })
    }
  }

  /** Never rejects. */
  async #send(watched: Watched): Promise<void> {
    const { page, watch } = watched
    try {
      const content = await this.#read(watched)
      watched.hasFailed = false
      // The page may have closed the view, or put another one in its place.
      if (this.#watched.get(page)?.get(watch.view) === watched) {
        page.useCredit()
        page.send({ type: 'rows', view: watch.view, ...content })
      }
    } catch (error) {
      if (!watched.hasFailed) this.#options.onError(error, watch.connection)
      watched.hasFailed = true
    }
  }

  async #read(watched: Watched): Promise<ViewContent> {
    const { connection, filter, window } = watched.watch
    const shown = this.#options.find(connection)
    if (!shown) return NOTHING
    // A connection that was deleted and made anew has another log.
    if (watched.log !== shown.log) watched.view = undefined
    watched.log = shown.log
    watched.view ??= new View(shown.log, filter)
    return watched.view.read(window, shown.rowContext)
  }

  #markDirty(watched: Watched): void {
    watched.isDirty = true
    this.#options.onDirty()
  }

  *#all(): Iterable<Watched> {
    for (const ofPage of this.#watched.values()) yield* ofPage.values()
  }
}

function isSameView(one: Watch, other: Watch): boolean {
  return (
    one.connection === other.connection &&
    one.filter.direction === other.filter.direction &&
    one.filter.topicFilter === other.filter.topicFilter
  )
}
