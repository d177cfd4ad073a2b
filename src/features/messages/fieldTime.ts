import type { EpochMs, Milliseconds } from '@/core/units.ts'
import type { Zone } from '@/i18n/formatTime.ts'

const MINUTE: Milliseconds = 60_000

/** A time as a field of type `datetime-local` has it: without a zone, in whole seconds. */
export function fieldTimeOf(time: EpochMs, zone: Zone): string {
  const offset = zone === 'utc' ? 0 : new Date(time).getTimezoneOffset() * MINUTE
  return new Date(time - offset).toISOString().slice(0, 19)
}

/** What such a field says; undefined while it says nothing. */
export function readFieldTime(text: string, zone: Zone): EpochMs | undefined {
  const time = new Date(zone === 'utc' ? `${text}Z` : text).getTime()
  return Number.isNaN(time) ? undefined : time
}
