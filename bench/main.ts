/**
 * The bench. It is started by `start.mjs`, which has built the app, the bench's page and this program
 * into the folder that the first argument names.
 */
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import process from 'node:process'
import { startSite } from '../e2e/server/site.ts'
import { Browser } from './chromium/browser.ts'
import { Lab } from './lab.ts'
import { readOptions } from './options.ts'
import { describeMachine, load } from './report/machine.ts'
import { writePerformance } from './report/performanceFiles.ts'
import type { Figures } from './report/statistics.ts'
import { figureTable, formatNumber, targetTable } from './report/table.ts'
import { runScenario } from './runScenario.ts'
import { SCENARIOS } from './scenarios/all.ts'

const [folder = '.', ...words] = process.argv.slice(2)
const options = readOptions(words)
const names = SCENARIOS.map(({ name }) => name)
const chosen = SCENARIOS.filter(
  ({ name }) => options.only.length === 0 || options.only.some((only) => name.startsWith(only)),
)
if (chosen.length === 0) throw new Error(`There are: ${names.join(', ')}`)

function tell(contender: string, round: number, figures: Figures | Error): void {
  if (figures instanceof Error) {
    console.log(`${round} ${contender}: ${figures.stack ?? figures.message}`)
    return
  }
  const told = Object.entries(figures).map(([name, value]) => `${name} ${formatNumber(value)}`)
  console.log(`${round} ${contender}: ${told.join(' · ')}`)
}

process.setMaxListeners(0)
// Browsers are ended on exit, which does not happen by itself where a signal ends the process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))

const root = process.cwd()
const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim()
const machine = describeMachine(await Browser.version())
const site = await startSite({ root: path.join(folder, 'site') })
const lab = new Lab(site, path.join(folder, 'programs/source.js'), options)
console.log(`${machine.cores} × ${machine.model}, Chromium ${machine.chromium}, load ${load()}`)
for (const scenario of chosen) {
  console.log(`\n## ${scenario.title} (${scenario.name})\n`)
  const before = load()
  const result = await runScenario(scenario, lab, tell)
  console.log(`\n${figureTable(result)}\n\n${targetTable([result])}`)
  // What is measured in short is not worth keeping, nor what is slowed down by a profile.
  if (options.isQuick || options.isProfiled) continue
  const date = new Date().toISOString().slice(0, 10)
  const kept = { ...result, date, commit, machine, load: [before, load()] as [number, number] }
  writePerformance(root, names, kept)
}
await lab.close()
await site.close()
