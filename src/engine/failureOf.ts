import type { ConnectionFailure, StorageFailure } from '@/core/failure.ts'
import { StorageError } from '@/core/storageError.ts'

/** The failure that something thrown stands for; what nobody expected is `unexpected`. */
export function failureOf(error: unknown): StorageFailure | ConnectionFailure {
  if (error instanceof StorageError) return error.failure
  return { code: 'unexpected', detail: describeError(error) }
}

/** What was thrown, in words for whoever looks for the cause. */
export function describeError(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
