import type { QoS } from '../message.ts'
import type { Parsed, SearchTest } from './search.ts'

const LEVELS: readonly QoS[] = [0, 1, 2]

/** Reads levels of QoS: `1`, `0,2`, `>=1`, `0..1`. */
export function readQos(value: string): Parsed<SearchTest> {
  const levels = LEVELS.filter((qos) => passes(qos, value))
  const isWellFormed = /^(?:(?:[<>]=?|=)?[0-2]|[0-2](?:,[0-2])+|[0-2]\.\.[0-2])$/.test(value)
  if (!isWellFormed) return { mistake: { code: 'bad-value', name: 'qos' } }
  if (value.includes('..') && levels.length === 0) return { mistake: { code: 'backwards' } }
  return { value: { kind: 'qos', levels } }
}

function passes(qos: QoS, value: string): boolean {
  const level = Number(value.replace(/^[<>=]+/, ''))
  if (value.startsWith('<=')) return qos <= level
  if (value.startsWith('>=')) return qos >= level
  if (value.startsWith('<')) return qos < level
  if (value.startsWith('>')) return qos > level
  const [from, to] = value.split('..').map(Number)
  if (to !== undefined) return from !== undefined && from <= qos && qos <= to
  return value.replace(/^=/, '').split(',').map(Number).includes(qos)
}
