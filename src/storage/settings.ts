import { DEFAULT_SETTINGS } from '@/core/settings.ts'
import type { Settings } from '@/core/settings.ts'
import { commit, guard } from './database.ts'
import type { Database } from './database.ts'
import { fieldsOf, oneOf } from './fields.ts'

/** Reads the settings; a default for each that is missing. Rejects with a StorageError. */
export async function readSettings(database: Database): Promise<Settings> {
  const fields = fieldsOf(await guard('settings', () => database.get('settings', 'settings'))) ?? {}
  return {
    theme: oneOf(fields['theme'], ['system', 'light', 'dark'] as const, DEFAULT_SETTINGS.theme),
  }
}

export async function saveSettings(database: Database, settings: Settings): Promise<void> {
  await commit(database, 'settings', (transaction) =>
    transaction.objectStore('settings').put(settings, 'settings'),
  )
}
