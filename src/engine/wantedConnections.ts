import type { ConnectionId } from '@/core/id.ts'
import type { EpochMs, Milliseconds } from '@/core/units.ts'
import type { Database } from '@/storage/database.ts'
import { removeWanted, saveLastConnected, saveWanted } from '@/storage/wanted.ts'
import type { Clock } from './clock.ts'

/** How exactly the log can say after a restart since when nobody listened. */
export const HEARTBEAT: Milliseconds = 5_000

export type WantedOptions = {
  clock: Clock
  database: Database
  /** As an earlier engine left it. */
  lastConnected: ConnectionId | undefined
  /** The first of several writes in a row that failed. */
  onError: (error: unknown) => void
}

/**
 * Keeps on the disk which connections should be connected and when each last was, so that after the end
 * of the engine, however sudden, the next one can go on and knows what it missed. It also keeps which one
 * connected last, whose broker is where the next one probably goes.
 */
export class WantedConnections {
  readonly #options: WantedOptions
  #lastConnected: ConnectionId | undefined
  readonly #connected = new Set<ConnectionId>()
  #stop: (() => void) | undefined
  #isClosed = false
  #hasFailed = false
  #writes: Promise<void> = Promise.resolve()

  constructor(options: WantedOptions) {
    this.#options = options
    this.#lastConnected = options.lastConnected
  }

  /** The connection that connected last, in this engine's life or before; it may be deleted. */
  get lastConnected(): ConnectionId | undefined {
    return this.#lastConnected
  }

  /** The user wants it connected. `lastAlive`: when it last was, if messages may be missing since. */
  add(connection: ConnectionId, lastAlive: EpochMs | undefined): void {
    this.#write((database) => saveWanted(database, [connection], lastAlive ?? 0))
  }

  /** The user ended it, or nothing tries to connect it any more. */
  remove(connection: ConnectionId): void {
    this.#write((database) => removeWanted(database, connection))
  }

  setConnected(connection: ConnectionId, isConnected: boolean): void {
    if (this.#isClosed) return
    if (isConnected) {
      this.#connected.add(connection)
      this.#lastConnected = connection
      this.#write((database) => saveLastConnected(database, connection))
    } else this.#connected.delete(connection)
    this.#beat([connection])
    if (!this.#stop) this.#schedule()
  }

  /** What happens from now on is not the user's wish but the end of the engine. */
  async close(): Promise<void> {
    this.#beat([...this.#connected])
    this.#isClosed = true
    this.#stop?.()
    await this.#writes
  }

  #schedule(): void {
    this.#stop = this.#options.clock.after(HEARTBEAT, () => {
      this.#stop = undefined
      if (this.#connected.size === 0) return
      this.#beat([...this.#connected])
      this.#schedule()
    })
  }

  #beat(connections: ConnectionId[]): void {
    const now = this.#options.clock.now()
    this.#write((database) => saveWanted(database, connections, now))
  }

  #write(write: (database: Database) => Promise<void>): void {
    if (this.#isClosed) return
    this.#writes = this.#writes
      .then(() => write(this.#options.database))
      .then(
        () => {
          this.#hasFailed = false
        },
        (error: unknown) => {
          if (!this.#hasFailed) this.#options.onError(error)
          this.#hasFailed = true
        },
      )
  }
}
