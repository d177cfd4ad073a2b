import { unreachable, type PublishFailure, type StorageFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Settings } from '@/core/settings.ts'
import type { Bytes } from '@/core/units.ts'
import { openLogDatabase, type DatabaseEvents } from '@/log/database.ts'
import { openDatabase } from '@/storage/database.ts'
import { readSettings, saveSettings } from '@/storage/settings.ts'
import { listWanted, readLastConnected, type Wanted } from '@/storage/wanted.ts'
import { Brake } from './brake.ts'
import type { Connection } from './connection.ts'
import { Display } from './display.ts'
import { LatestWrite } from './latestWrite.ts'
import type { Page, Pages } from './pages.ts'
import { PacketWatch } from './packetWatch.ts'
import { PendingBytes } from './pendingBytes.ts'
import type { Command } from './protocol.ts'
import { Roster } from './roster.ts'
import { StatusWatch } from './statusWatch.ts'
import { report, type EngineSystem, type Surroundings } from './surroundings.ts'
import { WantedConnections } from './wantedConnections.ts'

/** What a page can ask of a running engine; the rest is about the engine's life: `engineHost.ts`. */
export type EngineCommand = Exclude<Command, { type: 'hello' | 'ping' | 'goodbye' | 'takeOver' }>

export type EngineOptions = { host: EngineSystem; pages: Pages; databaseEvents: DatabaseEvents }

/** What an engine is made of once everything is read. */
type Parts = {
  surroundings: Surroundings
  display: Display
  packets: PacketWatch
  statuses: StatusWatch
  roster: Roster
  settings: Settings
  /** What could not be read, said to every page that joins. */
  issues: StorageFailure[]
}

/** The owner of everything: it has both databases open and does what the pages ask. */
export class Engine {
  readonly #surroundings: Surroundings
  readonly #display: Display
  readonly #packets: PacketWatch
  readonly #statuses: StatusWatch
  readonly #roster: Roster
  readonly #issues: readonly StorageFailure[]
  readonly #settingsWrite: LatestWrite<Settings>
  #settings: Settings
  /** Commands are done one after the other: the first one to a new connection has to wait for its log. */
  #commands: Promise<void> = Promise.resolve()

  private constructor(parts: Parts) {
    const { surroundings, display, packets, statuses, roster, settings, issues } = parts
    this.#surroundings = surroundings
    this.#display = display
    this.#packets = packets
    this.#statuses = statuses
    this.#roster = roster
    this.#issues = issues
    this.#settings = settings
    this.#settingsWrite = new LatestWrite(
      (next) => saveSettings(surroundings.database, next),
      (error) => report(surroundings, error),
    )
  }

  /**
   * Opens the databases, reads everything, and connects what was connected when the last engine ended.
   * Rejects with a StorageError.
   */
  static async start({ host, pages, databaseEvents }: EngineOptions): Promise<Engine> {
    const { clock } = host
    const storage = await openStorage(databaseEvents)
    const announce: Surroundings['announce'] = (event) => pages.broadcast(event)
    const onError = (error: unknown) => report({ announce }, error)
    const display = new Display({ clock, announce, onError })
    try {
      const { database } = storage
      const lastConnected = await readLastConnected(database)
      const pending = new PendingBytes()
      let quota: Bytes | undefined
      void host.quota().then((bytes) => (quota = bytes))
      const surroundings: Surroundings = {
        ...{ clock, host, announce },
        ...storage,
        wanted: new WantedConnections({ clock, database, lastConnected, onError }),
        pending,
        quota: () => quota,
        brake: new Brake(pending, clock, host.sleep),
        changed: (connection) => display.changed(connection),
        traceChanged: (connection) => packets.changed(connection),
        statusChanged: (connection) => statuses.changed(connection),
        isStatusWatched: (connection) => statuses.isWatched(connection),
      }
      const { roster, issues } = await Roster.load(surroundings)
      const packets = new PacketWatch(clock, (connection) => roster.get(connection)?.tap)
      const statuses = new StatusWatch(clock, (connection) => roster.get(connection)?.status)
      display.show(roster)
      const settings = await readSettings(database)
      const wanted = await listWanted(database)
      const shown = { display, packets, statuses }
      const engine = new Engine({ surroundings, ...shown, roster, settings, issues })
      engine.#resume(wanted)
      return engine
    } catch (error) {
      closeStorage(storage)
      throw error
    }
  }

  /** Tells a page everything, whether it is new or has missed something. */
  welcome(page: Page): void {
    this.#display.forget(page)
    this.#packets.forget(page)
    this.#statuses.forget(page)
    const connections = this.#roster.all().map((connection) => connection.snapshot())
    const { lastConnected } = this.#surroundings.wanted
    page.send({ type: 'welcome', settings: this.#settings, connections, lastConnected })
    for (const failure of this.#issues) page.send({ type: 'failed', failure })
  }

  /** A page pinged, so it may take what was held back for it. */
  heard(): void {
    this.#display.refresh()
    this.#packets.refresh()
    this.#statuses.refresh()
  }

  /** The page is gone. */
  forget(page: Page): void {
    this.#display.forget(page)
    this.#packets.forget(page)
    this.#statuses.forget(page)
  }

  /** The browser has a network again. */
  online(): void {
    for (const connection of this.#roster.all()) connection.online()
  }

  /** Does what a page asks, after everything that was asked before. */
  handle(page: Page, command: EngineCommand): void {
    this.#commands = this.#commands
      .then(() => this.#do(page, command))
      .catch((error: unknown) => {
        report(this.#surroundings, error, 'connection' in command ? command.connection : undefined)
      })
  }

  /**
   * Ends every connection with DISCONNECT, stores what has come and closes the databases. What was
   * connected stays wanted, so the next engine connects it again. Where the databases are another
   * engine's already, or gone, nothing must be stored any more.
   */
  async end({ store }: { store: boolean }): Promise<void> {
    if (!store) closeStorage(this.#surroundings)
    await this.#commands
    await this.#surroundings.wanted.close()
    await this.#roster.end()
    await this.#settingsWrite.settled()
    this.#display.stop()
    this.#packets.stop()
    this.#statuses.stop()
    closeStorage(this.#surroundings)
  }

  async #do(page: Page, command: EngineCommand): Promise<void> {
    const roster = this.#roster
    const { announce } = this.#surroundings
    // Undefined for commands that concern none, and for one that was deleted a moment ago.
    const connection = 'connection' in command ? roster.get(command.connection) : undefined
    switch (command.type) {
      case 'saveProfile':
        return roster.save(command.profile)
      case 'deleteProfile':
        roster.delete(command.connection)
        return
      case 'restoreProfile':
        roster.restore(command.connection)
        return
      case 'saveDraft':
        connection?.setDraft(command.draft)
        announce({ ...command, type: 'draftChanged' })
        return
      case 'saveSettings':
        this.#settings = command.settings
        this.#settingsWrite.put(command.settings)
        announce({ ...command, type: 'settingsChanged' })
        return
      case 'connect':
        connection?.connect()
        return
      case 'disconnect':
        connection?.disconnect(command.request)
        return
      case 'drop':
        connection?.drop()
        return
      case 'saveSubscription':
        connection?.saveSubscription(command.subscription)
        return
      case 'removeSubscription':
        connection?.removeSubscription(command.subscription)
        return
      case 'publish':
        this.#background(() => this.#publish(page, command, connection), command.connection)
        return
      case 'sendAgain':
        this.#background(() => this.#sendAgain(page, command, connection), command.connection)
        return
      case 'discardUnacknowledged':
        connection?.outbox.publications.discard(command.seqs)
        return
      case 'watch':
        this.#display.watch(page, command)
        return
      case 'unwatch':
        this.#display.unwatch(page, command.view)
        return
      case 'watchPackets':
        this.#packets.watch(page, command.connection)
        return
      case 'unwatchPackets':
        this.#packets.unwatch(page, command.connection)
        return
      case 'watchBroker':
        this.#statuses.watch(page, command.connection)
        return
      case 'unwatchBroker':
        this.#statuses.unwatch(page, command.connection)
        return
      case 'readPayload':
        this.#background(() => this.#readPayload(page, command, connection), command.connection)
        return
      case 'markSeen':
        connection?.markSeen(command.received)
        return
      case 'clearMessages':
        this.#background(() => connection?.clearMessages(), command.connection)
        return
      default:
        return unreachable(command)
    }
  }

  async #publish(
    page: Page,
    { connection: id, request, message }: Extract<Command, { type: 'publish' }>,
    connection: Connection | undefined,
  ): Promise<void> {
    const result = (await connection?.outbox.publish(message)) ?? {
      failure: { code: 'not-connected' as const },
    }
    page.send({ type: 'published', connection: id, request, result })
  }

  async #sendAgain(
    page: Page,
    { request, seqs }: Extract<Command, { type: 'sendAgain' }>,
    connection: Connection | undefined,
  ): Promise<void> {
    let failure: PublishFailure | undefined
    try {
      failure = connection ? await connection.outbox.sendAgain(seqs) : { code: 'not-connected' }
    } finally {
      page.send({ type: 'sentAgain', request, failure })
    }
  }

  async #readPayload(
    page: Page,
    { request, seq }: Extract<Command, { type: 'readPayload' }>,
    connection: Connection | undefined,
  ): Promise<void> {
    let payload: Uint8Array<ArrayBuffer> | undefined
    try {
      payload = await connection?.readPayload(seq)
    } finally {
      page.send({ type: 'payload', request, payload }, payload ? [payload.buffer] : [])
    }
  }

  /** Does something that takes its time without holding up the commands behind it. */
  #background(work: () => Promise<void> | undefined, connection?: ConnectionId): void {
    work()?.catch((error: unknown) => report(this.#surroundings, error, connection))
  }

  #resume(all: readonly Wanted[]): void {
    for (const { connection, lastAlive } of all) {
      const wanted = this.#roster.get(connection)
      if (wanted) wanted.resume(lastAlive)
      else this.#surroundings.wanted.remove(connection)
    }
  }
}

type Storage = Pick<Surroundings, 'database' | 'logs'>

/** Opens both databases or none. Rejects with a StorageError. */
async function openStorage(events: DatabaseEvents): Promise<Storage> {
  const database = await openDatabase(events)
  try {
    return { database, logs: await openLogDatabase(events) }
  } catch (error) {
    database.close()
    throw error
  }
}

function closeStorage({ database, logs }: Storage): void {
  database.close()
  logs.stores.close()
}
