import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

type Lock = { packages: Record<string, { version?: string; license?: string; dev?: boolean }> }

/** Development packages whose work ends up in the build: icons, and the base of the style sheet. */
const BUILT_IN = ['node_modules/@iconify-json/lucide', 'node_modules/tailwindcss']

/**
 * Emits `licenses.txt` with the licence of every package that may be part of the build. It follows the
 * lockfile, not the bundle: Vite's own `build.license` leaves out what is used only in a worker, and
 * does not see packages inside a file that was bundled before.
 */
export function noticesPlugin(): Plugin {
  return {
    name: 'mqtab-notices',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'licenses.txt', source: notices(process.cwd()) })
    },
  }
}

function notices(root: string): string {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lock
  const places = Object.keys(lock.packages).filter(
    (place) => place !== '' && (!lock.packages[place]?.dev || BUILT_IN.includes(place)),
  )
  const texts = places.map((place) => {
    const { version = '', license = '' } = lock.packages[place] ?? {}
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
    return `${name} ${version} (${license})\n\n${licenceText(path.join(root, place))}`
  })
  return texts.join(`\n\n${'-'.repeat(80)}\n\n`)
}

function licenceText(folder: string): string {
  return readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim())
    .join('\n\n')
}
