import type { Lab } from './lab.ts'
import type { Figures } from './report/statistics.ts'

/** Something that is measured, next to others in the same round. */
type Contender = { name: string; run: (lab: Lab) => Promise<Figures> }

/** The median figures of each contender by its name. */
export type Medians = Record<string, Figures>

export type Target = {
  /** What is measured, as the table says it. */
  words: string
  unit: string
  /** Absent: only to be known. */
  bound?: { atLeast: number } | { atMost: number }
  /** NaN where it could not be measured. */
  measure: (medians: Medians) => number
}

export type Scenario = {
  /** For `--only`. */
  name: string
  title: string
  /** Each is run once in every round, one after the other. */
  contenders: readonly Contender[]
  targets: readonly Target[]
  /** How many rounds; 3 where it is not said, 1 in the quick bench. */
  rounds?: number
}

/** A figure of a contender; NaN where there is none. */
export function figure(medians: Medians, contender: string, name: string): number {
  return medians[contender]?.[name] ?? NaN
}

/** How many times a figure of one contender is that of another. */
export function ratio(medians: Medians, name: string, one: string, other: string): number {
  return figure(medians, one, name) / figure(medians, other, name)
}
