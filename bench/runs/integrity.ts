import type { LogReport } from '../pages/readBack.ts'
import type { Figures } from '../report/statistics.ts'

/** The figures of a read-back that have to be 0. */
export const FAULTS = [
  'lost',
  'reordered',
  'repeated',
  'changed',
  'dropped',
  'received − stored − dropped',
] as const

/** What a read-back says; from `lost` on all must be 0. */
export function integrity(log: LogReport): Figures {
  const { received, stored, dropped, letGo } = log.counted
  return {
    'messages received': received,
    'messages read back': log.read,
    'let go': letGo,
    lost: log.lost,
    reordered: log.reordered,
    repeated: log.repeated,
    changed: log.changed,
    dropped,
    'received − stored − dropped': received - stored - dropped,
  }
}
