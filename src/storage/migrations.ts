/** Brings the database from one version to the next, in the transaction that upgrades it. */
export type Migration = (database: IDBDatabase, transaction: IDBTransaction) => void

/**
 * The version of the database is their number. Append only: what has shipped is never changed, since
 * browsers out there stand at each of these versions. A new optional field of a record needs none:
 * records are read leniently, with a default for what is missing.
 */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    // Keys are given apart from the values: the connection's id, and one fixed key for `settings`.
    for (const store of ['profiles', 'subscriptions', 'drafts', 'settings', 'wanted']) {
      database.createObjectStore(store)
    }
  },
]
