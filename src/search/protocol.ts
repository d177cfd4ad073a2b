/**
 * Everything that crosses between a page and its search worker: commands down, events up. All of it is
 * plain data. The worker reads the log for itself and never writes to it.
 */
import type { StorageFailure } from '../core/failure.ts'
import type { ConnectionId } from '../core/id.ts'
import type { Hit } from '../core/search/hitsIn.ts'
import type { Search } from '../core/search/search.ts'
import type { Milliseconds, Seq } from '../core/units.ts'

/** A page sends `ping` this often while a search is open. */
export const SEARCH_PING_PERIOD: Milliseconds = 500

/** After this long without a `pong` a regular expression has run away: the page ends the worker. */
export const SEARCH_SILENCE: Milliseconds = 2_000

/** Chosen by the page: tells the events of one search from those of the one before it. */
export type SearchId = number

type MarkId = number

export type SearchCommand =
  /** Opens the log, because somebody is about to search it. */
  | { type: 'prepare'; connection: ConnectionId }
  /** Searches a log from its newest entry on, in place of what was searched before. */
  | { type: 'begin'; id: SearchId; connection: ConnectionId; search: Search }
  /** The log may have changed. */
  | { type: 'look' }
  | { type: 'ping' }
  /** Where a search is found in a text: for regular expressions, which may take any time. */
  | { type: 'mark'; id: MarkId; search: Search; text: string }

export type SearchEvent =
  | { type: 'pong' }
  /**
   * More hits, ascending: `older` ones lie before all that were told so far, `newer` ones behind them.
   * `tested` entries of `total` have been looked at; they are equal when nothing is left to do.
   */
  | { type: 'found'; id: SearchId; older: Seq[]; newer: Seq[]; tested: number; total: number }
  /** The log was emptied, for the `cleared`th time: nothing that was told is left. Also the first event. */
  | { type: 'emptied'; id: SearchId; cleared: number }
  /** What lies before `start` was let go by the log, except for these hits. */
  | { type: 'shortened'; id: SearchId; start: Seq; kept: Seq[] }
  | { type: 'marked'; id: MarkId; hits: Hit[] }
  /** The log could not be read; nothing more comes of this search. */
  | { type: 'failed'; id: SearchId; failure: StorageFailure }
