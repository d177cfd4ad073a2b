/** What the tests of this room do with the database. */
import { vi } from 'vitest'
import { StorageError } from '@/core/storageError.ts'
import type { StorageFailure } from '@/core/failure.ts'
import { STORES, openLogDatabase } from './database.ts'
import type { DatabaseEvents, LogDatabase } from './database.ts'

/** Opens the database; an event that the test does not expect fails it. */
export function openLogs(events: Partial<DatabaseEvents> = {}): Promise<LogDatabase> {
  const unexpected = () => {
    throw new Error('An event that nobody expected')
  }
  return openLogDatabase({
    onBlocked: unexpected,
    onSuperseded: unexpected,
    onTerminated: unexpected,
    ...events,
  })
}

/** The failure that a read or write rejects with. */
export async function failureOf(work: Promise<unknown>): Promise<StorageFailure> {
  const error: unknown = await work.then(
    () => new Error('It did not fail'),
    (reason: unknown) => reason,
  )
  if (error instanceof StorageError) return error.failure
  throw error
}

/** How many records each store has. */
export async function keysOf({ stores }: LogDatabase): Promise<Record<string, number>> {
  const counts = STORES.map(async (store) => [store, await stores.count(store)] as const)
  return Object.fromEntries(await Promise.all(counts))
}

/**
 * Makes every write fail because the disk is full: `put` as soon as it is asked for, `abort` when the
 * transaction is committed, as browsers do. The function it returns ends that.
 */
export function failing(how: 'put' | 'abort'): () => void {
  type Put = (this: IDBObjectStore, ...words: unknown[]) => IDBRequest
  const prototype = IDBObjectStore.prototype as unknown as { put: Put }
  const { put } = prototype
  const aborted = new Set<IDBTransaction>()
  const spy = vi.spyOn(prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...words
  ) {
    if (how === 'put') throw new DOMException('The disk is full', 'QuotaExceededError')
    const request = put.apply(this, words)
    const { transaction } = this
    if (!aborted.has(transaction)) queueMicrotask(() => abortForQuota(transaction))
    aborted.add(transaction)
    return request
  })
  return () => spy.mockRestore()
}

/** fake-indexeddb has room for everything, but can be told to abort for a reason. */
function abortForQuota(transaction: IDBTransaction): void {
  ;(transaction as unknown as { _abort: (reason: string) => void })._abort('QuotaExceededError')
}
