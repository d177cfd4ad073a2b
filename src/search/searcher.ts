import type { ConnectionId } from '@/core/id.ts'
import { StorageError } from '@/core/storageError.ts'
import { LogReader } from '@/log/logReader.ts'
import { LogSearch, type LogSearchOptions } from './logSearch.ts'
import type { SearchCommand } from './protocol.ts'

type Begin = Extract<SearchCommand, { type: 'begin' }>

/** Does one search at a time. What it has read of a log serves the next search of the same log. */
export class Searcher {
  readonly #options: Omit<LogSearchOptions, 'id' | 'search'>
  #current: Begin | undefined
  #search: LogSearch | undefined
  #reader: { connection: ConnectionId; opened: Promise<LogReader> } | undefined

  constructor(options: Omit<LogSearchOptions, 'id' | 'search'>) {
    this.#options = options
  }

  /** Opens a log for the search that is about to begin, which will tell where that fails. */
  prepare(connection: ConnectionId): void {
    this.#readerOf(connection).catch(() => undefined)
  }

  /**
   * Begins a search in place of the one before. Settles when it has ended, and rejects only with what is
   * no failure of storage.
   */
  async begin(begin: Begin): Promise<void> {
    this.stop()
    this.#current = begin
    const { id, connection, search } = begin
    try {
      const reader = await this.#readerOf(connection)
      if (this.#current !== begin) return
      this.#search = new LogSearch(reader, { ...this.#options, id, search })
      await this.#search.run()
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      if (this.#current !== begin) return
      // The next search may find the database well again.
      this.#closeReader()
      this.#options.emit({ type: 'failed', id, failure: error.failure })
    }
  }

  /** The log may have changed. */
  look(): void {
    this.#search?.look()
  }

  stop(): void {
    this.#current = undefined
    this.#search?.stop()
    this.#search = undefined
  }

  #readerOf(connection: ConnectionId): Promise<LogReader> {
    if (this.#reader?.connection !== connection) {
      this.#closeReader()
      this.#reader = { connection, opened: LogReader.open(connection) }
    }
    return this.#reader.opened
  }

  #closeReader(): void {
    this.#reader?.opened.then(
      (reader) => reader.close(),
      () => undefined,
    )
    this.#reader = undefined
  }
}
