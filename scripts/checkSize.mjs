/**
 * What a first visit loads, gzipped, against its ceiling: the page, its entry script with everything
 * that it imports statically, and their style sheets. Each worker has a ceiling of its own, because
 * it starts beside the page and holds nothing up.
 */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { gzipSync } from 'node:zlib'

const SITE = 'dist'
const FIRST_LOAD_KB = 135
/** By the name of the worker's entry. */
const WORKER_KB = { engine: 60, search: 20 }

const manifest = JSON.parse(readFileSync(path.join(SITE, '.vite/manifest.json'), 'utf8'))

/** @param {string} file */
const kiloBytes = (file) =>
  gzipSync(readFileSync(path.join(SITE, file)), { level: 9 }).length / 1000

/** The files of a chunk and of all that it imports statically. */
function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return []
  seen.add(key)
  const { file, css = [], imports = [] } = manifest[key]
  return [file, ...css, ...imports.flatMap((other) => filesOf(other, seen))]
}

/** Prints the files with their sizes and gives whether their sum is within the ceiling. */
function check(title, files, ceiling) {
  const sizes = files.map((file) => ({ file, size: kiloBytes(file) }))
  const total = sizes.reduce((sum, { size }) => sum + size, 0)
  for (const { file, size } of sizes) console.log(`${size.toFixed(1).padStart(8)} kB  ${file}`)
  const verdict = total <= ceiling ? 'within' : 'ABOVE'
  console.log(`${total.toFixed(1).padStart(8)} kB  ${title}, ${verdict} ${ceiling} kB gzip\n`)
  return total <= ceiling
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const firstLoad = [...new Set(['index.html', ...filesOf(entry)])]
const workers = readdirSync(path.join(SITE, 'assets'))
  .filter((file) => /worker.*\.js$/i.test(file))
  .map((file) => `assets/${file}`)

/** Whether a worker has a ceiling. */
const isKnown = (file) =>
  Object.keys(WORKER_KB).some((name) => path.basename(file).startsWith(`${name}.worker`))

const verdicts = [
  check('first load', firstLoad, FIRST_LOAD_KB),
  ...Object.entries(WORKER_KB).map(([name, ceiling]) => {
    const files = workers.filter((file) => path.basename(file).startsWith(`${name}.worker`))
    return check(`${name} worker`, files, ceiling)
  }),
  check(
    'other workers',
    workers.filter((file) => !isKnown(file)),
    0,
  ),
]
process.exitCode = verdicts.every(Boolean) ? 0 : 1
