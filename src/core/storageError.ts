import type { StorageFailure } from './failure.ts'

/** What a read or write of this browser's storage rejects with; nothing was changed by it. */
export class StorageError extends Error {
  readonly failure: StorageFailure

  constructor(failure: StorageFailure) {
    super(`${failure.what}: ${failure.detail}`)
    this.name = 'StorageError'
    this.failure = failure
  }
}

/** By the names of DOMExceptions (IndexedDB 3.0 §3, Web IDL §4.3); all other names are `other`. */
const CAUSES: Readonly<Record<string, StorageFailure['cause']>> = {
  QuotaExceededError: 'quota',
  VersionError: 'newer',
  // The database was closed: by us for a newer build, or by the browser.
  InvalidStateError: 'unavailable',
  AbortError: 'unavailable',
  SecurityError: 'unavailable',
  NotAllowedError: 'unavailable',
  // `indexedDB` does not exist.
  ReferenceError: 'unavailable',
}

/**
 * Makes a StorageError out of all that was thrown while one thing was done. An abort is only the
 * consequence of something else, so the first reason that is not an abort counts. `reasons` may hold
 * anything, also null; a StorageError is returned as it is.
 */
export function storageError(
  what: StorageFailure['what'],
  ...reasons: readonly unknown[]
): StorageError {
  const errors = reasons.filter((reason) => reason instanceof Error)
  const error = errors.find(({ name }) => name !== 'AbortError') ?? errors[0]
  if (error instanceof StorageError) return error
  if (!error) return new StorageError({ code: 'storage', what, cause: 'other', detail: 'Unknown' })
  const detail = error.message ? `${error.name}: ${error.message}` : error.name
  return new StorageError({ code: 'storage', what, cause: CAUSES[error.name] ?? 'other', detail })
}
