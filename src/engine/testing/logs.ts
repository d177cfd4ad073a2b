import { IDBFactory } from 'fake-indexeddb'
import type { ConnectionId } from '@/core/id.ts'
import { openLogDatabase } from '@/log/database.ts'
import { MessageLog } from '@/log/messageLog.ts'

const NO_EVENTS = {
  onBlocked: () => undefined,
  onSuperseded: () => undefined,
  onTerminated: () => undefined,
}

/** Gives the process an empty IndexedDB. */
export function emptyIndexedDb(): void {
  globalThis.indexedDB = new IDBFactory()
}

/** Opens the log of a connection as a newly started engine would. */
export async function openLog(id = '0123456789abcdef' as ConnectionId): Promise<MessageLog> {
  return MessageLog.open(await openLogDatabase(NO_EVENTS), id)
}
