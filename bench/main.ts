/**
 * The bench. It is started by `start.mjs`, which has built the app, the bench's page and this program
 * into the folder that the first argument names.
 */
import path from 'node:path'
import process from 'node:process'
import { startSite } from '../e2e/server/site.ts'
import { Lab } from './lab.ts'
import { readOptions } from './options.ts'
import { figureTable, formatNumber, targetTable } from './report/table.ts'
import { runScenario } from './runScenario.ts'
import { SCENARIOS } from './scenarios/all.ts'

const [folder = '.', ...words] = process.argv.slice(2)
const options = readOptions(words)
const chosen = SCENARIOS.filter(
  ({ name }) => options.only.length === 0 || options.only.some((only) => name.startsWith(only)),
)
if (chosen.length === 0) throw new Error(`There are: ${SCENARIOS.map((s) => s.name).join(', ')}`)

const site = await startSite({ root: path.join(folder, 'site') })
const lab = new Lab(site, path.join(folder, 'programs/source.js'), options)
const results = []
for (const scenario of chosen) {
  console.log(`\n## ${scenario.title} (${scenario.name})\n`)
  const result = await runScenario(scenario, lab, (contender, round, figures) => {
    if (figures instanceof Error) console.log(`${round} ${contender}: ${figures.stack ?? ''}`)
    else {
      const words = Object.entries(figures).map(([name, value]) => `${name} ${formatNumber(value)}`)
      console.log(`${round} ${contender}: ${words.join(' · ')}`)
    }
  })
  console.log(`\n${figureTable(result)}\n\n${targetTable([result])}`)
  results.push(result)
}
await site.close()
