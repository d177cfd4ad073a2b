import { CHARTED, type RatePoint } from '@/core/brokerStatus/rateSeries.ts'
import type { EpochMs } from '@/core/units.ts'

const MINUTE = 60_000

const CHOICES = [1, 2, CHARTED / MINUTE] as const

/**
 * How many minutes up to `until` a chart shows: as few as have all points in them, so that the first
 * minute of a status does not stand in a corner.
 */
export function chartedMinutes(points: readonly RatePoint[], until: EpochMs): number {
  const first = Math.min(until, ...points.map(({ time }) => time))
  return CHOICES.find((minutes) => until - first <= minutes * MINUTE) ?? CHARTED / MINUTE
}
