/**
 * Every rule of docs/SPEC.md (a line `- **ID** sentence`) must be cited as `[ID]` at the start of at
 * least one test title, and every ID that a title cites must be a rule.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const SPEC = 'docs/SPEC.md'
const FOLDERS = ['src', 'broker', 'deploy', 'scripts', 'e2e']
const TEST_FILE = /\.(?:test|spec)\.ts$/

const RULE = /^- \*\*([A-Z]+[0-9]+(?:\.[0-9]+)*)\*\* \S/gm
const CITATIONS = /['"`]((?:\[[A-Z]+[0-9]+(?:\.[0-9]+)*\] ?)+)/g
const ID = /[A-Z]+[0-9]+(?:\.[0-9]+)*/g

/** The files with citations, by cited ID. */
function findCitations() {
  const cited = new Map()
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .filter((file) => TEST_FILE.test(file))
      .map((file) => path.join(folder, file)),
  )
  for (const file of files) {
    for (const [, ids] of readFileSync(file, 'utf8').matchAll(CITATIONS)) {
      for (const [id] of ids.matchAll(ID)) cited.set(id, (cited.get(id) ?? new Set()).add(file))
    }
  }
  return cited
}

const rules = [...readFileSync(SPEC, 'utf8').matchAll(RULE)].map(([, id]) => id)
const cited = findCitations()

const problems = [
  ...rules
    .filter((id, index) => rules.indexOf(id) !== index)
    .map((id) => `${id} stands twice in ${SPEC}`),
  ...rules.filter((id) => !cited.has(id)).map((id) => `${id} is cited by no test`),
  ...[...cited]
    .filter(([id]) => !rules.includes(id))
    .map(([id, files]) => `${id}, cited in ${[...files].join(', ')}, is not in ${SPEC}`),
]
for (const problem of problems.sort()) console.error(problem)
console.log(
  `${rules.length} rules, ${rules.filter((id) => cited.has(id)).length} of them cited by tests`,
)
process.exitCode = problems.length > 0 ? 1 : 0
