import type { Lab } from './lab.ts'
import { FAULTS } from './runs/integrity.ts'
import { medians, type Figures } from './report/statistics.ts'
import type { Medians, Scenario, Target } from './scenario.ts'

export type Outcome = {
  words: string
  unit: string
  bound?: Target['bound']
  /** Absent where it could not be measured. */
  value?: number
  /** Absent where nothing is asked for. */
  isMet?: boolean
}

export type ScenarioResult = {
  name: string
  title: string
  /** The figures of each contender in each round. */
  rounds: Record<string, Figures[]>
  medians: Medians
  outcomes: Outcome[]
}

/** Runs all rounds of a scenario. A contender that fails is told of and left out of that round. */
export async function runScenario(
  scenario: Scenario,
  lab: Lab,
  tell: (contender: string, round: number, figures: Figures | Error) => void,
): Promise<ScenarioResult> {
  const rounds: Record<string, Figures[]> = {}
  const count = lab.isQuick ? 1 : (scenario.rounds ?? 3)
  for (let round = 1; round <= count; round++) {
    for (const { name, run } of scenario.contenders) {
      try {
        const figures = await run(lab)
        ;(rounds[name] ??= []).push(figures)
        tell(name, round, figures)
      } catch (error) {
        tell(name, round, error instanceof Error ? error : new Error(String(error)))
      }
    }
  }
  const middle = Object.fromEntries(
    Object.entries(rounds).map(([name, figures]) => [name, medians(figures, FAULTS)]),
  )
  return {
    name: scenario.name,
    title: scenario.title,
    rounds,
    medians: middle,
    outcomes: scenario.targets.map((target) => judge(target, middle)),
  }
}

function judge({ words, unit, bound, measure }: Target, medians: Medians): Outcome {
  const value = measure(medians)
  const known = { words, unit, ...(Number.isNaN(value) ? {} : { value }) }
  if (!bound) return known
  const isMet = 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost
  return { ...known, bound, isMet }
}
