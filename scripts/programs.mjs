/** Where the programs are that the tests use and npm does not bring. */
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

/** Debian keeps servers where the PATH of an ordinary user does not look, Homebrew in its own place. */
const FURTHER_FOLDERS = [
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
]

const MAC_BROWSERS = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
)

/**
 * The path of the first of the named programs that exists.
 *
 * @param {string[]} names
 * @returns {string | undefined}
 */
export function findProgram(...names) {
  const folders = [...(process.env['PATH'] ?? '').split(path.delimiter), ...FURTHER_FOLDERS]
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file))
}

/**
 * A whole Chromium: `CHROMIUM_PATH`, or the system's, or on a Mac an installed Chrome.
 *
 * @returns {string | undefined}
 */
export function findChromium() {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen) return chosen
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return findProgram(...names) ?? MAC_BROWSERS.find((file) => existsSync(file))
}

/**
 * Chromium without windows and user profiles, from Debian's package of that name. Rendering, scripts,
 * workers, storage and network are the same, and each test's fresh context takes two thirds of the time.
 *
 * @returns {string | undefined}
 */
export function findHeadlessShell() {
  return findProgram('chromium-headless-shell')
}

/**
 * What the end-to-end tests drive: `CHROMIUM_PATH`, or the headless shell, or a whole Chromium.
 *
 * @returns {string | undefined}
 */
export function findTestBrowser() {
  return process.env['CHROMIUM_PATH'] ?? findHeadlessShell() ?? findChromium()
}

/**
 * RabbitMQ of Debian's package, below the wrapper that would run it as a user of its own, in places of its
 * own; only one without MQTT 5, which came with 3.13. `root` is where the package is unpacked.
 *
 * @param {string} [root]
 * @returns {string | undefined}
 */
export function findOldRabbitMq(root = '/usr/lib/rabbitmq') {
  const binary = path.join(root, 'bin/rabbitmq-server')
  if (!existsSync(binary)) return undefined
  const versions = readdirSync(path.join(root, 'lib')).map((name) =>
    /^rabbitmq_server-(\d+)\.(\d+)/.exec(name),
  )
  const isOld = versions.some(
    (found) => found && (Number(found[1]) < 3 || (found[1] === '3' && Number(found[2]) < 13)),
  )
  return isOld ? binary : undefined
}
