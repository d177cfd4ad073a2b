import type { EpochMs, Milliseconds } from '../units.ts'
import type { Parsed, SearchTest } from './search.ts'

/** The clock and calendar of whoever typed the search; `core` has none. */
export type LocalTime = {
  now: EpochMs
  /** The day that `now` is in: the month counts from 1. */
  today: { year: number; month: number; day: number }
  /** The moment of a local time. Days and milliseconds may go over the end of their month and day. */
  at: (year: number, month: number, day: number, sinceMidnight: Milliseconds) => EpochMs
}

/** A stretch of time that was typed, such as a day or a minute. */
type Span = {
  from: EpochMs
  /** The end, included. */
  to: EpochMs
  isDay: boolean
}

const SECOND: Milliseconds = 1_000
const UNITS = { s: SECOND, m: 60 * SECOND, h: 3_600 * SECOND, d: 86_400 * SECOND }

const DATE = String.raw`(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)`
const CLOCK = String.raw`(?<hour>\d?\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:\.(?<fraction>\d{1,3}))?)?`
const MOMENT = new RegExp(`^(?:${DATE}|(?:${DATE.replaceAll('?<', '?<on_')}T)?${CLOCK})$`)

/**
 * Reads times: a day, minute or second (`2026-11-26`, `14:05`, `2026-11-26T14:05:20`, `today`,
 * `yesterday`), from or up to one (`>14:00`, `<2026-11-26`), a range (`14:00..14:30`, `14:00..`), or
 * what came since some time ago (`last5m`; s, m, h, d). A time without a date is one of today. A range
 * ends at the moment that is typed, and at the end of a day that is.
 */
export function readTime(value: string, local: LocalTime): Parsed<SearchTest> {
  const bounds = boundsOf(value, local)
  if (!bounds) return { mistake: { code: 'bad-value', name: 'time' } }
  const [from, to] = bounds
  if (from > to) return { mistake: { code: 'backwards' } }
  return { value: { kind: 'time', from, to } }
}

function boundsOf(value: string, local: LocalTime): [from: EpochMs, to: EpochMs] | undefined {
  const [, count, unit] = /^last(\d{1,6})([smhd])$/.exec(value) ?? []
  if (unit !== undefined) {
    return [local.now - Number(count) * UNITS[unit as keyof typeof UNITS], Infinity]
  }
  const range = /^(.*)\.\.(.*)$/.exec(value)
  if (range) {
    const [, first = '', last = ''] = range
    const from = first === '' ? -Infinity : spanOf(first, local)?.from
    const end = last === '' ? undefined : spanOf(last, local)
    if (from === undefined || (last !== '' && !end) || first + last === '') return undefined
    if (!end) return [from, Infinity]
    return [from, end.isDay ? end.to : end.from]
  }
  const [operator = ''] = /^(?:[<>]=?)?/.exec(value) ?? []
  const span = spanOf(value.slice(operator.length), local)
  if (!span) return undefined
  switch (operator) {
    case '<':
      return [-Infinity, span.from - 1]
    case '<=':
      return [-Infinity, span.isDay ? span.to : span.from]
    case '>':
      return [span.isDay ? span.to + 1 : span.from, Infinity]
    case '>=':
      return [span.from, Infinity]
    default:
      return [span.from, span.to]
  }
}

function spanOf(text: string, local: LocalTime): Span | undefined {
  const { year, month, day } = local.today
  if (text === 'today') return dayOf(year, month, day, local)
  if (text === 'yesterday') return dayOf(year, month, day - 1, local)
  const groups = MOMENT.exec(text)?.groups
  if (!groups) return undefined
  const field = (name: string, missing: number) =>
    groups[name] === undefined ? missing : Number(groups[name])
  if (groups['hour'] === undefined) {
    const date = [field('year', 0), field('month', 0), field('day', 0)] as const
    return isDate(...date) ? dayOf(...date, local) : undefined
  }
  const date = [field('on_year', year), field('on_month', month), field('on_day', day)] as const
  const [hour, minute, second] = [field('hour', 0), field('minute', 0), field('second', 0)]
  if (!isDate(...date) || hour > 24 || minute > 59 || second > 59) return undefined
  const fraction = (groups['fraction'] ?? '').padEnd(3, '0')
  const since = ((hour * 60 + minute) * 60 + second) * SECOND + Number(fraction)
  const from = local.at(...date, since)
  const length =
    groups['fraction'] !== undefined
      ? 10 ** (3 - groups['fraction'].length)
      : groups['second'] !== undefined
        ? SECOND
        : UNITS.m
  return { from, to: from + length - 1, isDay: false }
}

function dayOf(year: number, month: number, day: number, local: LocalTime): Span {
  const from = local.at(year, month, day, 0)
  return { from, to: local.at(year, month, day + 1, 0) - 1, isDay: true }
}

function isDate(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day <= (days[month - 1] ?? 0)
}
