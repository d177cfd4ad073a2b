import type { Bytes } from '../core/units.ts'

const UNITS = ['kB', 'MB', 'GB', 'TB'] as const

const oneDigit = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** A size in decimal units: `17 B`, `1.2 kB`, `350 MB`; below 1,000 bytes it is exact. */
export function formatSize(bytes: Bytes): string {
  if (bytes < 1_000) return `${bytes} B`
  let value = bytes
  let unit = -1
  // 999.5 and more would be shown as 1,000 of the smaller unit.
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1_000
    unit += 1
  }
  return `${(value < 99.95 ? oneDigit : whole).format(value)} ${UNITS[unit] ?? ''}`
}
