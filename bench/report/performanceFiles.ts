import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ScenarioResult } from '../runScenario.ts'
import type { Machine } from './machine.ts'
import { figureTable, formatNumber, targetTable } from './table.ts'

/** One scenario as it was run last. */
export type KeptResult = ScenarioResult & {
  date: string
  /** The last commit of what was measured. */
  commit: string
  machine: Machine
  /** Load average at the begin and the end. */
  load: [number, number]
}

type Kept = { scenarios: KeptResult[] }

const BEGIN = '<!-- Written by npm run bench. -->'
const END = '<!-- Up to here. -->'

/**
 * Replaces, in `docs/performance.json` and between the marks in `docs/performance.md`, what earlier
 * runs of the same scenarios said, and leaves the others. `order`: all names there are.
 */
export function writePerformance(root: string, order: readonly string[], record: KeptResult): void {
  const jsonFile = path.join(root, 'docs/performance.json')
  const kept = existsSync(jsonFile)
    ? (JSON.parse(readFileSync(jsonFile, 'utf8')) as Kept)
    : { scenarios: [] }
  const scenarios = order.flatMap((name) =>
    name === record.name ? record : (kept.scenarios.find((other) => other.name === name) ?? []),
  )
  writeFileSync(jsonFile, `${JSON.stringify({ scenarios }, undefined, 2)}\n`)
  const file = path.join(root, 'docs/performance.md')
  const text = readFileSync(file, 'utf8')
  const begin = text.indexOf(BEGIN)
  const end = text.indexOf(END)
  if (begin < 0 || end < begin) throw new Error('docs/performance.md has lost its marks')
  const body = `${BEGIN}\n\n${written(scenarios)}\n\n`
  writeFileSync(file, text.slice(0, begin) + body + text.slice(end))
}

function written(scenarios: readonly KeptResult[]): string {
  const details = scenarios.map(
    (scenario) => `### ${scenario.title}\n\n${circumstances(scenario)}\n\n${figureTable(scenario)}`,
  )
  return [targetTable(scenarios), ...details].join('\n\n')
}

function circumstances({ name, date, commit, machine, load, rounds }: KeptResult): string {
  const { cores, model, memoryGiB, system, node, chromium } = machine
  const count = Math.max(0, ...Object.values(rounds).map(({ length }) => length))
  return [
    `\`npm run bench -- --only ${name}\`, ${date}, commit ${commit};`,
    count === 1 ? 'one round;' : `medians of ${count} rounds;`,
    `${cores} cores ${model}, ${memoryGiB} GiB, ${system}; Chromium ${chromium}, Node ${node};`,
    `load average ${load.map(formatNumber).join(' to ')}.`,
  ].join(' ')
}
