/**
 * Everything that crosses between a page and the engine: commands down, events up, and nothing else.
 * All of it is plain data (structured clone). Commands get no reply; what they cause comes back as
 * events, to every page that is open. The engine is the only owner of profiles, subscriptions, drafts,
 * settings and logs: a page shows what the events say and never guesses ahead.
 */
import type { DisconnectRequest } from '../core/disconnect.ts'
import type { StatusGrant } from '../core/brokerStatus/statusGrant.ts'
import type { SysUpdate } from '../core/brokerStatus/sysValue.ts'
import type { Draft } from '../core/draft.ts'
import type {
  ConnectionFailure,
  PublishFailure,
  StorageFailure,
  SubscriptionFailure,
} from '../core/failure.ts'
import type { ConnectionId, SubscriptionId } from '../core/id.ts'
import type { Direction, OutgoingMessage, PublishOutcome, Row } from '../core/message.ts'
import type { TraceUpdate } from '../core/packet/packetRecord.ts'
import type { Profile } from '../core/profile.ts'
import type { SessionState } from '../core/session.ts'
import type { Settings } from '../core/settings.ts'
import type { Subscription, SubscriptionStatus } from '../core/subscription.ts'
import type { LogTotals } from '../core/totals.ts'
import type { UnexplainedTopic } from '../core/unexplained.ts'
import type { EpochMs, Milliseconds, Seq } from '../core/units.ts'

/** A page sends `ping` this often; the engine forgets a page that was silent for `PAGE_SILENCE`. */
export const PING_PERIOD: Milliseconds = 1_000

/** After this long without a `pong` the page says that the engine has stopped. */
export const ENGINE_SILENCE: Milliseconds = 3_000

/** Background tabs are throttled to one timer a minute, so a page is given two. */
export const PAGE_SILENCE: Milliseconds = 150_000

/** How long a deleted connection can be brought back. */
export const UNDO_WINDOW: Milliseconds = 10_000

/** Chosen by the page, unique within it: one per message pane. */
export type ViewId = number

/** Chosen by the page, unique within it: pairs an event with the command that asked for it. */
export type RequestId = number

/** Which rows of a log a view has. Absent: all. Marks are only in the view without any filter. */
export type ViewFilter = { direction?: Direction; topicFilter?: string }

/**
 * Which rows of a view the page wants: the newest `last`, or rows `from` (included) to `to` (not). Rows
 * are counted from the first one that the view ever had, so a row that has gone leaves their numbers.
 * With `lookBack` each says the time of the message before it of its topic, if that is among so many
 * rows before the window or in it.
 */
export type RowWindow = ({ last: number } | { from: number; to: number }) & { lookBack?: number }

/** Or exactly these entries of the log, ascending: the hits of a search that the page has in sight. */
export type ViewWindow =
  | RowWindow
  | { seqs: Seq[] }
  /** Or one row: the first in the log's order that is at or after this time. */
  | { at: EpochMs }

export type Command =
  /** First on every port; answered by `welcome`, `occupied` or, after a start that failed, `broken`. */
  | { type: 'hello' }
  | { type: 'ping' }
  | { type: 'goodbye' }
  /** Ends the engine of another tab or build and starts this one in its place. */
  | { type: 'takeOver' }

  /** Creates a profile, or replaces the one with the same id; a connected one keeps its connection. */
  | { type: 'saveProfile'; profile: Profile }
  /** Disconnects, hides, and after `UNDO_WINDOW` destroys the profile with its log. */
  | { type: 'deleteProfile'; connection: ConnectionId }
  | { type: 'restoreProfile'; connection: ConnectionId }
  | { type: 'saveDraft'; connection: ConnectionId; draft: Draft }
  | { type: 'saveSettings'; settings: Settings }

  /** Also "retry now" while waiting. */
  | { type: 'connect'; connection: ConnectionId }
  /**
   * Sends DISCONNECT, so the broker discards the will unless `request` says otherwise; also ends the
   * retries while waiting.
   */
  | { type: 'disconnect'; connection: ConnectionId; request?: DisconnectRequest }
  /** Closes the socket without DISCONNECT, so the broker publishes the will; no retry follows. */
  | { type: 'drop'; connection: ConnectionId }

  /** Adds a subscription, or replaces the one with the same id, and asks the broker where connected. */
  | { type: 'saveSubscription'; connection: ConnectionId; subscription: Subscription }
  | { type: 'removeSubscription'; connection: ConnectionId; subscription: SubscriptionId }
  | { type: 'publish'; connection: ConnectionId; request: RequestId; message: OutgoingMessage }
  /** Publishes these, of those that were not acknowledged, as new messages; answered by `sentAgain`. */
  | { type: 'sendAgain'; connection: ConnectionId; request: RequestId; seqs: Seq[] }
  /** Takes these out of the list of those that were not acknowledged; they stay in the log. */
  | { type: 'discardUnacknowledged'; connection: ConnectionId; seqs: Seq[] }

  /** Opens a view or changes its filter or window; the answer is `rows`, again whenever they change. */
  | {
      type: 'watch'
      view: ViewId
      connection: ConnectionId
      filter: ViewFilter
      window: ViewWindow
    }
  | { type: 'unwatch'; view: ViewId }
  | { type: 'readPayload'; connection: ConnectionId; request: RequestId; seq: Seq }
  /** Answered by `packets`, at once with all that are kept and then with what comes. */
  | { type: 'watchPackets'; connection: ConnectionId }
  | { type: 'unwatchPackets'; connection: ConnectionId }
  /** Subscribes to `$SYS/#` for as long as some page watches; answered by `brokerStatus`. */
  | { type: 'watchBroker'; connection: ConnectionId }
  | { type: 'unwatchBroker'; connection: ConnectionId }
  /** The reader has seen the first `received` messages of this log. */
  | { type: 'markSeen'; connection: ConnectionId; received: number }
  | { type: 'clearMessages'; connection: ConnectionId }

/** All that the engine knows of one connection, apart from its messages. */
export type ConnectionSnapshot = {
  profile: Profile
  state: SessionState
  subscriptions: SubscriptionStatus[]
  /** Of the connection that is up, or was last. */
  unexplained: UnexplainedTopic[]
  draft: Draft
  totals: LogTotals
  /** The published messages that the broker had not answered when the connection ended, ascending. */
  unacknowledged: Seq[]
}

export type EngineEvent =
  /** `connections` are in the order in which they were made; `lastConnected` may be none of them. */
  | {
      type: 'welcome'
      settings: Settings
      connections: ConnectionSnapshot[]
      lastConnected: ConnectionId | undefined
    }
  /** Another tab's engine is in charge (only where SharedWorker is missing); `takeOver` changes that. */
  | { type: 'occupied' }
  /** A newer engine took over; this one has ended and the page must be reloaded. */
  | { type: 'retired' }
  /** The engine could not start, for example because the browser denies storage. */
  | { type: 'broken'; detail: string }
  | { type: 'pong' }
  | { type: 'connectionSaved'; connection: ConnectionSnapshot }
  | { type: 'connectionDeleted'; connection: ConnectionId }
  | { type: 'draftChanged'; connection: ConnectionId; draft: Draft }
  | { type: 'settingsChanged'; settings: Settings }
  | { type: 'stateChanged'; connection: ConnectionId; state: SessionState }
  | {
      type: 'subscriptionsChanged'
      connection: ConnectionId
      subscriptions: SubscriptionStatus[]
    }
  | { type: 'unexplainedChanged'; connection: ConnectionId; topics: UnexplainedTopic[] }
  /** At most one per frame, for all logs that changed in it. */
  | { type: 'totalsChanged'; totals: [ConnectionId, LogTotals][] }
  /** To the page that published: the row is in the log, or why nothing was sent. */
  | {
      type: 'published'
      connection: ConnectionId
      request: RequestId
      result: { seq: Seq; outcome: PublishOutcome } | { failure: PublishFailure }
    }

  /** Other messages are unacknowledged now: exactly these, ascending. */
  | { type: 'unacknowledgedChanged'; connection: ConnectionId; seqs: Seq[] }
  /** To the page that asked: all are in the log, or the first reason why one was not sent. */
  | { type: 'sentAgain'; request: RequestId; failure: PublishFailure | undefined }

  /**
   * The window of a view, at most once per frame, whenever its rows or the count changed. `count` is
   * the number of rows in the view, the first of them is row `first`, and `rows[0]` is row `from`.
   * `cleared` counts how often the log was emptied, so a page can tell a shorter log from a late answer.
   */
  | {
      type: 'rows'
      view: ViewId
      first: number
      count: number
      from: number
      rows: Row[]
      cleared: number
    }
  | { type: 'payload'; request: RequestId; payload: Uint8Array | undefined }
  /** What is new in a trace, or with `isWhole` all of it, to a page that watches it. */
  | ({ type: 'packets'; connection: ConnectionId; isWhole: boolean } & TraceUpdate)
  /**
   * What a broker has told of itself since the last of these, or with `isWhole` since the connection
   * began, to a page that watches it; twice a second at most.
   */
  | ({
      type: 'brokerStatus'
      connection: ConnectionId
      grant: StatusGrant
      isWhole: boolean
    } & SysUpdate)

  /** Something went wrong that no other event says. */
  | {
      type: 'failed'
      connection?: ConnectionId
      failure: StorageFailure | ConnectionFailure | SubscriptionFailure
    }
