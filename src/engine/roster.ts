import { BLANK_DRAFT } from '@/core/draft.ts'
import type { StorageFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Profile } from '@/core/profile.ts'
import { StorageError } from '@/core/storageError.ts'
import type { Milliseconds } from '@/core/units.ts'
import { deleteLog } from '@/log/deleteLog.ts'
import { MessageLog } from '@/log/messageLog.ts'
import { readDraft } from '@/storage/drafts.ts'
import * as profiles from '@/storage/profiles.ts'
import { readSubscriptions } from '@/storage/subscriptions.ts'
import type { StoredProfile } from '@/storage/schema.ts'
import { Connection } from './connection.ts'
import { UNDO_WINDOW } from './protocol.ts'
import { report, type Surroundings } from './surroundings.ts'

/** `connection` is absent where it was destroyed; `rest`: how long a deleted one can be brought back. */
type Loaded = {
  connection: Connection | undefined
  issues: StorageFailure[]
  rest: Milliseconds | undefined
}

/**
 * All connections, in the order in which they were made. A deleted one is only marked, on the disk
 * too, until `UNDO_WINDOW` is over; then its profile and its log are destroyed.
 *
 * What cannot be stored is said to the pages and holds until the engine ends.
 */
export class Roster {
  readonly #surroundings: Surroundings
  /** Deleted ones included, until they are destroyed. */
  readonly #connections = new Map<ConnectionId, Connection>()
  /** What stops the timer that destroys a deleted one. */
  readonly #deleted = new Map<ConnectionId, () => void>()
  /** Writes that nobody waits for, but the end of the engine. */
  readonly #writes = new Set<Promise<void>>()

  private constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings
  }

  /**
   * Reads all connections, and destroys those whose time for an undo is over. `issues` are what could
   * not be read or destroyed and was left where it is. Rejects with a StorageError where the databases
   * themselves cannot be used.
   */
  static async load(
    surroundings: Surroundings,
  ): Promise<{ roster: Roster; issues: StorageFailure[] }> {
    const { value: all, issues } = await profiles.listProfiles(surroundings.database)
    const roster = new Roster(surroundings)
    for (const outcome of await Promise.allSettled(all.map((stored) => roster.#load(stored)))) {
      if (outcome.status === 'fulfilled') {
        roster.#take(outcome.value)
        issues.push(...outcome.value.issues)
      } else issues.push(partialFailure(outcome.reason))
    }
    return { roster, issues }
  }

  all(): Connection[] {
    return [...this.#connections.values()].filter(({ profile }) => !this.#deleted.has(profile.id))
  }

  get(id: ConnectionId): Connection | undefined {
    return this.#deleted.has(id) ? undefined : this.#connections.get(id)
  }

  /**
   * Replaces the profile with the same id, or makes a new connection of it. One that was deleted, in
   * another tab perhaps, comes back with what is saved. Rejects with a StorageError where there is no
   * log for it.
   */
  async save(profile: Profile): Promise<void> {
    const { database, announce, changed } = this.#surroundings
    this.restore(profile.id)
    const known = this.#connections.get(profile.id)
    if (known) known.setProfile(profile)
    const connection = known ?? (await this.#create(profile))
    this.#store(profiles.saveProfile(database, profile), profile.id)
    announce({ type: 'connectionSaved', connection: connection.snapshot() })
    changed(profile.id)
  }

  delete(id: ConnectionId): void {
    const { clock, database, announce, changed } = this.#surroundings
    const connection = this.get(id)
    if (!connection) return
    connection.disconnect()
    this.#store(profiles.markProfileDeleted(database, id, clock.now()), id)
    this.#hide(id, UNDO_WINDOW)
    announce({ type: 'connectionDeleted', connection: id })
    changed(id)
  }

  /** Brings a deleted connection back; does nothing when it is too late. */
  restore(id: ConnectionId): void {
    const { database, announce, changed } = this.#surroundings
    const connection = this.#connections.get(id)
    const stopTimer = this.#deleted.get(id)
    if (!connection || !stopTimer) return
    stopTimer()
    this.#deleted.delete(id)
    this.#store(profiles.restoreProfile(database, id), id)
    announce({ type: 'connectionSaved', connection: connection.snapshot() })
    changed(id)
  }

  /**
   * Ends all connections; resolves when nothing more is on its way to a broker or to storage. What is
   * deleted stays marked, so the next start destroys it.
   */
  async end(): Promise<void> {
    for (const stopTimer of this.#deleted.values()) stopTimer()
    await Promise.all([...this.#connections.values()].map((connection) => connection.end()))
    await Promise.all(this.#writes)
  }

  /** Reads one stored connection, or destroys it if its time for an undo is over. */
  async #load({ profile, deletedAt }: StoredProfile): Promise<Loaded> {
    const { clock, database, logs } = this.#surroundings
    const rest = deletedAt === undefined ? undefined : deletedAt + UNDO_WINDOW - clock.now()
    if (rest !== undefined && rest <= 0) {
      await this.#destroy(profile.id)
      return { connection: undefined, issues: [], rest }
    }
    const [draft, { value: subscriptions, issues }, log] = await Promise.all([
      readDraft(database, profile.id),
      readSubscriptions(database, profile.id),
      MessageLog.open(logs, profile.id),
    ])
    const kept = { profile, draft, subscriptions, log }
    return { connection: new Connection(this.#surroundings, kept), issues, rest }
  }

  #take({ connection, rest }: Loaded): void {
    if (!connection) return
    const { id } = connection.profile
    this.#connections.set(id, connection)
    if (rest !== undefined) this.#hide(id, rest)
  }

  async #create(profile: Profile): Promise<Connection> {
    // The same id may have been deleted a moment ago, and its log be on its way out.
    await Promise.all(this.#writes)
    const log = await MessageLog.open(this.#surroundings.logs, profile.id)
    const subscriptions = { list: [], confirmed: [], toUnsubscribe: [] }
    const kept = { profile, draft: BLANK_DRAFT, subscriptions, log }
    const connection = new Connection(this.#surroundings, kept)
    this.#connections.set(profile.id, connection)
    return connection
  }

  #hide(id: ConnectionId, rest: Milliseconds): void {
    const stopTimer = this.#surroundings.clock.after(rest, () => {
      const connection = this.#connections.get(id)
      this.#connections.delete(id)
      this.#deleted.delete(id)
      if (connection) this.#store(connection.end().then(() => this.#destroy(id)))
    })
    this.#deleted.set(id, stopTimer)
  }

  /** The log goes first: while the profile is there, the next start finds both and tries again. */
  async #destroy(id: ConnectionId): Promise<void> {
    await deleteLog(this.#surroundings.logs, id)
    await profiles.removeProfile(this.#surroundings.database, id)
  }

  /** Watches over a write that nobody waits for. */
  #store(write: Promise<void>, connection?: ConnectionId): void {
    const watched = write
      .catch((error: unknown) => report(this.#surroundings, error, connection))
      .finally(() => this.#writes.delete(watched))
    this.#writes.add(watched)
  }
}

/** A failure that concerns one connection; the others can be used. Throws where it concerns all. */
function partialFailure(error: unknown): StorageFailure {
  if (error instanceof StorageError && error.failure.cause !== 'unavailable') return error.failure
  throw error
}
