import type { ConnectionFailure, PublishFailure, StorageFailure } from '../core/failure.ts'

/** A failure in words: what happened, and what to do about it. */
export type FailureWords = { title: string; advice: string }

export function describeFailure(
  failure: ConnectionFailure | StorageFailure | PublishFailure,
): FailureWords {
  return { title: failure.code, advice: '' }
}
