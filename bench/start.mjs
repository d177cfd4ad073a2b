/**
 * `npm run bench`: builds the app as it is, the bench's own page and its two programs into a folder for
 * this run, and starts it. Nothing of it lands in `dist`, which others may be using.
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { build } from 'vite'

const root = path.resolve(import.meta.dirname, '..')
const folder = mkdtempSync(path.join(tmpdir(), 'mqtab-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const site = path.join(folder, 'site')
// A profile needs the names of functions.
const minify = !process.argv.includes('--profile')
const alias = { '@': path.join(root, 'src') }

await build({ root, logLevel: 'error', build: { outDir: site, emptyOutDir: true, minify } })
await build({
  configFile: false,
  root: path.join(root, 'bench/pages'),
  base: './',
  logLevel: 'error',
  resolve: { alias },
  worker: { format: 'es' },
  build: {
    target: 'esnext',
    modulePreload: false,
    outDir: path.join(site, 'bench'),
    emptyOutDir: true,
    chunkSizeWarningLimit: 1000,
  },
})
await build({
  configFile: false,
  root,
  publicDir: false,
  logLevel: 'error',
  resolve: { alias },
  ssr: { noExternal: true },
  build: {
    ssr: true,
    target: 'node20',
    minify: false,
    outDir: path.join(folder, 'programs'),
    emptyOutDir: true,
    rolldownOptions: {
      input: { main: 'bench/main.ts', source: 'bench/source/main.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
})

const words = [path.join(folder, 'programs/main.js'), folder, ...process.argv.slice(2)]
// Profiles of browsers and whatever else is made for a while goes with the folder.
const temporary = path.join(folder, 'tmp')
mkdirSync(temporary)
// mosquitto reads its files there as a user of its own.
chmodSync(folder, 0o755)
const env = { ...process.env, TMPDIR: temporary }
const child = spawn(process.execPath, words, { stdio: 'inherit', cwd: root, env })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
const [code] = await once(child, 'exit')
process.exitCode = code ?? 1
const written = ['docs/performance.json', 'docs/performance.md'].filter((file) =>
  existsSync(path.join(root, file)),
)
execFileSync('npx', ['prettier', '--write', '--log-level', 'warn', ...written], { cwd: root })
