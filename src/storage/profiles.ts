import type { StorageFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Profile } from '@/core/profile.ts'
import type { EpochMs } from '@/core/units.ts'
import { commit, guard } from './database.ts'
import type { Database, Loaded, Transaction } from './database.ts'
import { countOr, fieldsOf, present } from './fields.ts'
import { readProfile } from './profile.ts'
import type { ProfileRecord, StoredProfile } from './schema.ts'

/**
 * All profiles in the order in which they were made, deleted ones included. A record that cannot be
 * read stays where it is, and an issue says so. Rejects with a StorageError.
 */
export async function listProfiles(database: Database): Promise<Loaded<StoredProfile[]>> {
  const [keys, records] = await guard('profiles', () => {
    const transaction = database.transaction('profiles')
    const { store } = transaction
    return Promise.all([store.getAllKeys(), store.getAll(), transaction.done])
  })
  const issues: StorageFailure[] = []
  const found: ProfileRecord[] = []
  records.forEach((value, i) => {
    const id = keys[i]
    const record = id === undefined ? undefined : readRecord(id, value)
    if (record) found.push(record)
    else issues.push(unreadable(id))
  })
  found.sort((a, b) => a.position - b.position || a.profile.createdAt - b.profile.createdAt)
  return { value: found, issues }
}

/** Adds a profile at the end, or replaces the one with the same id where it is. */
export async function saveProfile(database: Database, profile: Profile): Promise<void> {
  await commit(database, 'profiles', async (transaction) => {
    const store = transaction.objectStore('profiles')
    const [old, all] = await Promise.all([store.get(profile.id), store.getAll()])
    const highest = Math.max(-1, ...all.map(positionOf))
    const position = old === undefined ? highest + 1 : positionOf(old)
    await store.put({ profile, position }, profile.id)
  })
}

/** Marks a profile as deleted, so that an undo survives a restart. Does nothing where there is none. */
export async function markProfileDeleted(
  database: Database,
  id: ConnectionId,
  deletedAt: EpochMs,
): Promise<void> {
  await commit(database, 'profiles', (transaction) => {
    return change(transaction, id, (record) => ({ ...record, deletedAt }))
  })
}

/** Takes the mark of deletion away. Does nothing where there is no such profile. */
export async function restoreProfile(database: Database, id: ConnectionId): Promise<void> {
  await commit(database, 'profiles', (transaction) => {
    return change(transaction, id, ({ profile, position }) => ({ profile, position }))
  })
}

/** Removes a profile for good, and with it all that is kept for this connection in this database. */
export async function removeProfile(database: Database, id: ConnectionId): Promise<void> {
  await commit(database, 'profiles', (transaction) =>
    Promise.all([
      transaction.objectStore('profiles').delete(id),
      transaction.objectStore('subscriptions').delete(id),
      transaction.objectStore('drafts').delete(id),
      transaction.objectStore('wanted').delete(id),
    ]),
  )
}

async function change(
  transaction: Transaction,
  id: ConnectionId,
  by: (record: ProfileRecord) => ProfileRecord,
): Promise<void> {
  const store = transaction.objectStore('profiles')
  const record = await store.get(id)
  if (record) await store.put(by(record), id)
}

function readRecord(id: ConnectionId, value: unknown): ProfileRecord | undefined {
  const fields = fieldsOf(value)
  const profile = readProfile(id, fields?.['profile'])
  if (!fields || !profile) return undefined
  const deletedAt = countOr(fields['deletedAt'], undefined)
  return present<ProfileRecord>({ profile, position: positionOf(fields), deletedAt })
}

function positionOf(value: unknown): number {
  return countOr(fieldsOf(value)?.['position'], 0)
}

function unreadable(id: ConnectionId | undefined): StorageFailure {
  const detail = `The saved connection ${id ?? ''} cannot be read; it is kept as it is`
  return { code: 'storage', what: 'profiles', cause: 'other', detail }
}
