import type { Seconds } from '../units.ts'

const UNITS: Readonly<Record<string, Seconds>> = { day: 86_400, hour: 3_600, minute: 60, second: 1 }

/**
 * How long a broker has been running: `123 seconds` of mosquitto, `2 days, 3 hours, 4 minutes, 5 seconds`
 * of EMQX 4, milliseconds of EMQX 5. Undefined for anything else.
 */
export function readUptime(text: string): Seconds | undefined {
  if (/^\d+$/.test(text)) return Math.floor(Number(text) / 1000)
  const parts = [...text.matchAll(/(\d+)\s*(day|hour|minute|second)s?\b/g)]
  if (parts.length === 0) return undefined
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0)
}
