import type { ConnectionId } from '@/core/id.ts'
import type { LogTotals } from '@/core/totals.ts'

/** Remembers which totals the pages have, so that only those that changed are sent again. */
export class TotalsWatch {
  readonly #sent = new Map<ConnectionId, LogTotals>()

  /** Those of `totals` that are not what was last asked about. */
  changed(totals: readonly [ConnectionId, LogTotals][]): [ConnectionId, LogTotals][] {
    const changed = totals.filter(([connection, now]) => {
      const before = this.#sent.get(connection)
      return !before || TOTALS.some((name) => before[name] !== now[name])
    })
    for (const [connection, now] of changed) this.#sent.set(connection, now)
    return changed
  }
}

const TOTALS = [
  'received',
  'stored',
  'dropped',
  'published',
  'letGo',
  'bytes',
  'rate',
  'unread',
  'slowed',
] as const satisfies (keyof LogTotals)[]
