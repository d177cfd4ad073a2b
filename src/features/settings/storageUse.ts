import type { Bytes } from '@/core/units.ts'

/** What this site takes of the browser's storage, and what it may take at most. Both are estimates. */
export type StorageUse = { used: Bytes; quota: Bytes }

/** Undefined where the browser does not say, as on plain http. Never rejects. */
export async function storageUse(): Promise<StorageUse | undefined> {
  const { storage } = navigator as { storage?: StorageManager }
  if (!storage) return undefined
  try {
    const { usage, quota } = await storage.estimate()
    return usage === undefined || quota === undefined ? undefined : { used: usage, quota }
  } catch {
    // Refused in some private windows; then the line is left out.
    return undefined
  }
}
