import type { EpochMs } from '@/core/units.ts'
import type { StoredEntry } from '@/log/entry.ts'

/** For each entry when the nearest one before it with the same topic happened; undefined for none. */
export function previousTimes(entries: readonly StoredEntry[]): (EpochMs | undefined)[] {
  const last = new Map<string, EpochMs>()
  return entries.map((entry) => {
    if (entry.kind === 'mark') return undefined
    const previous = last.get(entry.topic)
    last.set(entry.topic, entry.time)
    return previous
  })
}
