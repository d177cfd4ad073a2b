import type { Bytes } from '../units.ts'
import type { Parsed, SearchTest } from './search.ts'

const UNITS: Readonly<Record<string, Bytes>> = {
  '': 1,
  k: 1_000,
  ki: 1_024,
  m: 1_000_000,
  mi: 1_048_576,
}

/**
 * Reads sizes of payloads: `200`, `>1k`, `<=1.5MB`, `10..2kB`, `10..`. Units are decimal as on the
 * screen; `KiB` and `MiB` are binary. In a range the lower end may leave its unit out only for bytes.
 */
export function readSize(value: string): Parsed<SearchTest> {
  const bounds = boundsOf(value)
  if (!bounds) return { mistake: { code: 'bad-value', name: 'size' } }
  const [from, to] = bounds
  if (from > to && value.includes('..')) return { mistake: { code: 'backwards' } }
  return { value: { kind: 'size', from, to } }
}

function boundsOf(value: string): [from: Bytes, to: Bytes] | undefined {
  const range = /^(.*)\.\.(.*)$/.exec(value)
  if (range) {
    const [, first = '', last = ''] = range
    const from = first === '' ? 0 : sizeOf(first)
    const to = last === '' ? Infinity : sizeOf(last)
    return from === undefined || to === undefined || first + last === '' ? undefined : [from, to]
  }
  const [operator = ''] = /^(?:[<>]=?|=)?/.exec(value) ?? []
  const size = sizeOf(value.slice(operator.length))
  if (size === undefined) return undefined
  switch (operator) {
    case '<':
      return [0, size - 1]
    case '<=':
      return [0, size]
    case '>':
      return [size + 1, Infinity]
    case '>=':
      return [size, Infinity]
    default:
      return [size, size]
  }
}

function sizeOf(text: string): Bytes | undefined {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([km]i?)?b?$/i.exec(text) ?? []
  if (digits === undefined) return undefined
  return Math.round(Number(digits) * (UNITS[unit.toLowerCase()] ?? 1))
}
