import type { Row } from '@/core/message.ts'
import type { EpochMs } from '@/core/units.ts'
import { formatDay, isSameDay, type Zone } from '@/i18n/formatTime.ts'

/** A row among its neighbours; `today` is any time of today. */
export type RowPlace = {
  row: Row
  /** The row above, where it is loaded. */
  previous: Row | undefined
  isFirst: boolean
  today: EpochMs
}

/** The name of the day that begins with this row; undefined where none does. */
export function dayAbove(place: RowPlace, zone: Zone): string | undefined {
  const { row, previous, isFirst, today } = place
  const begins = previous ? !isSameDay(previous.time, row.time, zone) : isFirst
  return begins ? formatDay(row.time, today, zone) : undefined
}
