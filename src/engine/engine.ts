import { unreachable, type StorageFailure } from '@/core/failure.ts'
import type { Settings } from '@/core/settings.ts'
import { openLogDatabase, type DatabaseEvents } from '@/log/database.ts'
import { openDatabase } from '@/storage/database.ts'
import { readSettings, saveSettings } from '@/storage/settings.ts'
import type { Clock } from './clock.ts'
import { LatestWrite } from './latestWrite.ts'
import type { Page, Pages } from './pages.ts'
import type { Command } from './protocol.ts'
import { Roster } from './roster.ts'
import { report, type Surroundings } from './surroundings.ts'

/** What a page can ask of a running engine; the rest is about the engine's life: `engineHost.ts`. */
export type EngineCommand = Exclude<Command, { type: 'hello' | 'ping' | 'goodbye' | 'takeOver' }>

export type EngineOptions = { clock: Clock; pages: Pages; databaseEvents: DatabaseEvents }

/** The owner of everything: it has both databases open and does what the pages ask. */
export class Engine {
  readonly #surroundings: Surroundings
  readonly #roster: Roster
  readonly #settingsWrite: LatestWrite<Settings>
  /** What could not be read at the start, said to every page that joins. */
  readonly #issues: StorageFailure[]
  #settings: Settings
  /** Commands are done one after the other: the first one to a new connection has to wait for its log. */
  #commands: Promise<void> = Promise.resolve()

  private constructor(
    surroundings: Surroundings,
    roster: Roster,
    settings: Settings,
    issues: StorageFailure[],
  ) {
    this.#surroundings = surroundings
    this.#roster = roster
    this.#settings = settings
    this.#issues = issues
    this.#settingsWrite = new LatestWrite(
      (next) => saveSettings(surroundings.database, next),
      (error) => report(surroundings, error),
    )
  }

  /** Opens the databases and reads everything. Rejects with a StorageError. */
  static async start({ clock, pages, databaseEvents }: EngineOptions): Promise<Engine> {
    const database = await openDatabase(databaseEvents)
    const logs = await openLogDatabase(databaseEvents)
    const announce: Surroundings['announce'] = (event) => pages.broadcast(event)
    const surroundings = { clock, database, logs, announce }
    const { roster, issues } = await Roster.load(surroundings)
    return new Engine(surroundings, roster, await readSettings(database), issues)
  }

  /** Tells a page everything, whether it is new or has missed something. */
  welcome(page: Page): void {
    const connections = this.#roster.all().map((connection) => connection.snapshot())
    page.send({ type: 'welcome', settings: this.#settings, connections })
    for (const failure of this.#issues) page.send({ type: 'failed', failure })
  }

  /** Does what a page asks, after everything that was asked before. */
  handle(command: EngineCommand): void {
    this.#commands = this.#commands
      .then(() => this.#do(command))
      .catch((error: unknown) => {
        report(this.#surroundings, error, 'connection' in command ? command.connection : undefined)
      })
  }

  async #do(command: EngineCommand): Promise<void> {
    const { announce } = this.#surroundings
    switch (command.type) {
      case 'saveProfile':
        return this.#roster.save(command.profile)
      case 'deleteProfile':
        this.#roster.delete(command.connection)
        return
      case 'restoreProfile':
        this.#roster.restore(command.connection)
        return
      case 'saveDraft':
        this.#roster.get(command.connection)?.setDraft(command.draft)
        announce({ ...command, type: 'draftChanged' })
        return
      case 'saveSettings':
        this.#settings = command.settings
        this.#settingsWrite.put(command.settings)
        announce({ ...command, type: 'settingsChanged' })
        return
      case 'connect':
      case 'disconnect':
      case 'drop':
      case 'saveSubscription':
      case 'removeSubscription':
      case 'publish':
      case 'watch':
      case 'unwatch':
      case 'readPayload':
      case 'markSeen':
      case 'clearMessages':
        return
      default:
        return unreachable(command)
    }
  }
}
