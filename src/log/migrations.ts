/** Brings the database from one version to the next, in the transaction that upgrades it. */
export type Migration = (database: IDBDatabase, transaction: IDBTransaction) => void

/**
 * The version of the database is their number. Append only: what has shipped is never changed, since
 * browsers out there stand at each of these versions.
 */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    // Keys are given apart from the values: [connection, first seq], and the connection for `logs`.
    for (const store of ['chunks', 'heads', 'tail', 'logs']) database.createObjectStore(store)
  },
  (database) => {
    // The latest message of each topic, out of chunks that were let go; keys as those of `chunks`.
    database.createObjectStore('kept')
  },
]
