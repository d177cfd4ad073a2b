import type { EpochMs, Milliseconds } from '../core/units.ts'
import { t } from './translate.ts'

const DAY: Milliseconds = 86_400_000

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
})

const date = new Intl.DateTimeFormat('en', {
  weekday: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
})

/** The local time of day with milliseconds: `10:42:17.301`. */
export function formatClock(time: EpochMs): string {
  return clock.format(time)
}

/** The local day: `Today`, `Yesterday` or the date, seen from `now`. */
export function formatDay(time: EpochMs, now: EpochMs): string {
  if (isSameDay(time, now)) return t('message.today')
  // Half a day before midnight is in yesterday also where the clocks change.
  if (isSameDay(time, startOfDay(now) - DAY / 2)) return t('message.yesterday')
  return date.format(time)
}

/** Whether both are on one day of the local calendar. */
export function isSameDay(one: EpochMs, other: EpochMs): boolean {
  return startOfDay(one) === startOfDay(other)
}

function startOfDay(time: EpochMs): EpochMs {
  return new Date(time).setHours(0, 0, 0, 0)
}
