import type { ConnectionFailure, StorageFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import { StorageError } from '@/core/storageError.ts'
import type { LogDatabase } from '@/log/database.ts'
import type { Database } from '@/storage/database.ts'
import type { Clock } from './clock.ts'
import type { EngineEvent } from './protocol.ts'

/** What every part of a running engine needs and none of them owns. */
export type Surroundings = {
  clock: Clock
  database: Database
  logs: LogDatabase
  /** Sends an event to every page. */
  announce: (event: EngineEvent) => void
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

export function failureOf(error: unknown): StorageFailure | ConnectionFailure {
  if (error instanceof StorageError) return error.failure
  return { code: 'unexpected', detail: describe(error) }
}

/** What was thrown, in words for whoever looks for the cause. */
export function describe(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
