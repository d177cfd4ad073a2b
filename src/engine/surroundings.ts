import type { ConnectionId } from '@/core/id.ts'
import type { Bytes } from '@/core/units.ts'
import type { LogDatabase } from '@/log/database.ts'
import type { Database } from '@/storage/database.ts'
import type { Brake, Sleep } from './brake.ts'
import type { Clock } from './clock.ts'
import { failureOf } from './failureOf.ts'
import type { PendingBytes } from './pendingBytes.ts'
import type { EngineEvent } from './protocol.ts'
import type { SessionHost } from './session.ts'
import type { WantedConnections } from './wantedConnections.ts'

/** What an engine needs of the host that it runs on. */
export type EngineSystem = SessionHost & {
  sleep: Sleep
  /** How many bytes the browser gives the site; undefined where it does not say. Never rejects. */
  quota: () => Promise<Bytes | undefined>
}

/** What every part of a running engine needs and none of them owns. */
export type Surroundings = {
  clock: Clock
  host: SessionHost
  database: Database
  logs: LogDatabase
  wanted: WantedConnections
  pending: PendingBytes
  brake: Brake
  /** What the browser gives the site; undefined while, or where, it does not say. */
  quota: () => Bytes | undefined
  /** Sends an event to every page. */
  announce: (event: EngineEvent) => void
  /** The log of a connection changed, or what its rows say besides; pages see it with the next frame. */
  changed: (connection: ConnectionId) => void
  /** A connection has a packet more. */
  traceChanged: (connection: ConnectionId) => void
  /** There is something new in what the broker of a connection tells of itself. */
  statusChanged: (connection: ConnectionId) => void
  /** Whether some page looks at what the broker of a connection tells of itself. */
  isStatusWatched: (connection: ConnectionId) => boolean
}

/** Says to every page that something went wrong. `error` may be anything that was thrown. */
export function report(
  { announce }: Pick<Surroundings, 'announce'>,
  error: unknown,
  connection?: ConnectionId,
): void {
  const failure = failureOf(error)
  announce({ type: 'failed', failure, ...(connection === undefined ? {} : { connection }) })
}
