import type { EpochMs, Milliseconds } from '../core/units.ts'
import { t } from './translate.ts'

const DAY: Milliseconds = 86_400_000

/** Where a time is told: on this machine, or everywhere alike. */
export type Zone = 'local' | 'utc'

const MINUTE: Milliseconds = 60_000

const HOUR: Milliseconds = 3_600_000

const clockParts = {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
} as const

const dateParts = { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' } as const

const clocks: Record<Zone, Intl.DateTimeFormat> = {
  local: new Intl.DateTimeFormat('en-GB', clockParts),
  utc: new Intl.DateTimeFormat('en-GB', { ...clockParts, timeZone: 'UTC' }),
}

const dates: Record<Zone, Intl.DateTimeFormat> = {
  local: new Intl.DateTimeFormat('en', dateParts),
  utc: new Intl.DateTimeFormat('en', { ...dateParts, timeZone: 'UTC' }),
}

/** The time of day with milliseconds: `10:42:17.301`, and `09:42:17.301Z` in UTC. */
export function formatClock(time: EpochMs, zone: Zone = 'local'): string {
  const words = clocks[zone].format(time)
  return zone === 'utc' ? `${words}Z` : words
}

/** The day: `Today`, `Yesterday` or the date, seen from `now`. */
export function formatDay(time: EpochMs, now: EpochMs, zone: Zone = 'local'): string {
  if (isSameDay(time, now, zone)) return t('message.today')
  // Half a day before midnight is in yesterday also where the clocks change.
  if (isSameDay(time, startOfDay(now, zone) - DAY / 2, zone)) return t('message.yesterday')
  return dates[zone].format(time)
}

/** Whether both are on one day of the calendar. */
export function isSameDay(one: EpochMs, other: EpochMs, zone: Zone = 'local'): boolean {
  return startOfDay(one, zone) === startOfDay(other, zone)
}

/** How much later: `+1.234 s`, `+2 min 05 s`, `+3 h 12 min`, `+4 d 07 h`; earlier where a clock was set back. */
export function formatSince(span: Milliseconds): string {
  const sign = span < 0 ? '−' : '+'
  const length = Math.abs(span)
  if (length < MINUTE) return `${sign}${(length / 1000).toFixed(3)} s`
  return sign + formatSpan(length)
}

/** How long: `45 s`, `2 min 05 s`, `3 h 12 min`, `4 d 07 h`. */
export function formatSpan(span: Milliseconds): string {
  if (span < MINUTE) return `${Math.floor(span / 1000)} s`
  if (span < HOUR) return inTwo(span, MINUTE, 'min', 1000, 's')
  if (span < DAY) return inTwo(span, HOUR, 'h', MINUTE, 'min')
  return inTwo(span, DAY, 'd', HOUR, 'h')
}

/** A span in two units, both rounded down. */
function inTwo(
  span: Milliseconds,
  large: Milliseconds,
  largeName: string,
  small: Milliseconds,
  smallName: string,
): string {
  const rest = Math.floor((span % large) / small)
  return `${Math.floor(span / large)} ${largeName} ${String(rest).padStart(2, '0')} ${smallName}`
}

function startOfDay(time: EpochMs, zone: Zone): EpochMs {
  const date = new Date(time)
  return zone === 'utc' ? date.setUTCHours(0, 0, 0, 0) : date.setHours(0, 0, 0, 0)
}
