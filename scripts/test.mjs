/**
 * `npm test`: every check there is, in an order in which cheap ones answer first. Two run at a time,
 * because two cores are what a small machine has. A failing check is shown with its output and with
 * the command that repairs or repeats it; the others still run.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import process from 'node:process'

const RESULTS = 'test-results'
const UNIT_REPORT = `${RESULTS}/unit.json`
const E2E_REPORT = `${RESULTS}/e2e.json`

/** `repair`: what to type when it failed. `after`: a step that must have succeeded before. */
const steps = {
  'set-up': { run: 'node scripts/setUp.mjs', repair: 'install what is missing' },
  types: { run: 'npm run -s check:types', repair: 'npm run check:types' },
  format: { run: 'npm run -s check:format', repair: 'npm run format' },
  build: { run: 'npm run -s build', repair: 'npm run build' },
  lint: { run: 'npm run -s check:lint', repair: 'npx oxlint --fix; npx eslint --fix .' },
  'import directions': { run: 'npm run -s check:imports', repair: 'npm run check:imports' },
  'dead code': { run: 'npm run -s check:dead', repair: 'npm run check:dead' },
  'numbered rules': { run: 'npm run -s check:spec', repair: 'npm run check:spec' },
  'size of the first load': { run: 'npm run -s check:size', repair: 'npm run check:size' },
  'unit tests': {
    run: `npm run -s test:unit -- --reporter=default --reporter=json --outputFile=${UNIT_REPORT}`,
    repair: 'npm run test:unit',
  },
  'end-to-end tests': {
    run: 'npm run -s test:e2e -- --reporter=list,json',
    repair: 'npm run test:e2e',
  },
}

/** The lanes of a phase run side by side, the steps of a lane one after the other. */
const phases = [
  [['set-up']],
  [
    ['types', 'format', 'dead code'],
    ['numbered rules', 'import directions', 'build', 'size of the first load', 'lint'],
  ],
  [['unit tests']],
  [['end-to-end tests']],
]

/** What a later phase cannot do without. */
const REQUIRED = ['set-up', 'build']

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

function runStep(name) {
  const { run, repair } = steps[name]
  const start = performance.now()
  return new Promise((resolve) => {
    const child = spawn(run, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, FORCE_COLOR: '0', PLAYWRIGHT_JSON_OUTPUT_NAME: E2E_REPORT },
    })
    let output = ''
    const collect = (text) => (output += text.toString())
    child.stdout.on('data', collect)
    child.stderr.on('data', collect)
    child.on('close', (code) => {
      const passed = code === 0
      console.log(`${passed ? '✓' : '✗'} ${name} (${seconds(start)})`)
      if (!passed) console.log(`${output.trimEnd()}\n  → ${repair}\n`)
      resolve({ name, passed })
    })
  })
}

async function runLane(lane) {
  const results = []
  for (const name of lane) results.push(await runStep(name))
  return results
}

/** Passed, failed and skipped tests of both runners; a check that failed otherwise counts as one failure. */
function totals(results) {
  const unit = readReport(UNIT_REPORT)
  const e2e = readReport(E2E_REPORT)
  const failedTests = (unit?.numFailedTests ?? 0) + (e2e?.stats.unexpected ?? 0)
  const passed = (unit?.numPassedTests ?? 0) + (e2e?.stats.expected ?? 0) + (e2e?.stats.flaky ?? 0)
  const failedSteps = results.filter((result) => !result.passed).length
  const failed = failedTests === 0 ? failedSteps : failedTests
  const skipped = (unit?.numPendingTests ?? 0) + (e2e?.stats.skipped ?? 0)
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const start = performance.now()
rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS, { recursive: true })

const results = []
for (const lanes of phases) {
  const done = await Promise.all(lanes.map(runLane))
  results.push(...done.flat())
  const missing = results.find(({ name, passed }) => !passed && REQUIRED.includes(name))
  if (missing) break
}

const summary = totals(results)
writeFileSync(`${RESULTS}/totals.txt`, `${summary}\n`)
console.log(`\n${seconds(start)} in all`)
console.log(summary)
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1
