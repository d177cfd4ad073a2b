/**
 * Sees to it that the programs are there which the tests need. Missing ones are installed from
 * Debian's packages where that needs no question; otherwise it says what to install and fails.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { findHeadlessShell, findOldRabbitMq, findProgram, findTestBrowser } from './programs.mjs'

/** `best`: what to install where that needs no question although something else would do. */
const needed = [
  {
    find: findTestBrowser,
    best: () => process.env['CHROMIUM_PATH'] ?? findHeadlessShell(),
    title: 'Chromium',
    debian: ['chromium-headless-shell'],
    homebrew: '--cask google-chrome',
  },
  {
    find: () => findProgram('mosquitto') && findProgram('mosquitto_passwd'),
    title: 'mosquitto',
    debian: ['mosquitto'],
    homebrew: 'mosquitto',
  },
  {
    find: () => findProgram('nginx'),
    title: 'nginx',
    debian: ['nginx-light'],
    homebrew: 'nginx',
  },
]

// Of use to one test, which is skipped without it. Homebrew has none that is old enough.
if (process.argv.includes('--rabbitmq') && process.platform === 'linux') {
  needed.push({
    find: findOldRabbitMq,
    title: 'RabbitMQ before 3.13',
    debian: ['rabbitmq-server'],
  })
}

const missing = () => needed.filter(({ find }) => find() === undefined)
const wanted = () => needed.filter(({ find, best = find }) => best() === undefined)

/** The words before `apt-get` that make it run as root without a question, or undefined. */
function rootPrefix() {
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
}

/** Whether this is that distribution, by its name in os-release(5). */
function isDistribution(id) {
  try {
    return new RegExp(`^ID="?${id}"?$`, 'm').test(readFileSync('/etc/os-release', 'utf8'))
  } catch {
    return false
  }
}

/** Installs packages; RUNLEVEL=1 keeps the servers among them from being started. */
function install(prefix, packages) {
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive', 'RUNLEVEL=1']
  const [command, ...start] = [...prefix, ...environment, 'apt-get']
  const apt = (...words) =>
    spawnSync(command, [...start, ...words], { stdio: ['ignore', 'ignore', 'inherit'] })
  console.log(`Installing ${packages.join(', ')} from Debian's packages …`)
  apt('update', '-qq')
  apt('install', '-qq', '-y', '--no-install-recommends', ...packages)
}

function advice(programs) {
  const names = programs.map(({ title }) => title).join(', ')
  if (process.platform === 'darwin') {
    const lines = programs.map(({ homebrew }) => `  brew install ${homebrew}`)
    return `The tests need ${names}. Install with:\n${lines.join('\n')}`
  }
  if (isDistribution('ubuntu')) return ubuntuAdvice(names, programs)
  const packages = programs.flatMap(({ debian }) => debian).join(' ')
  const command = `  sudo apt-get install ${packages}`
  return `The tests need ${names}. On Debian:\n${command}\nElsewhere, look for packages of these names.`
}

/** Ubuntu's package `chromium` installs a snap, which Playwright can't drive. */
function ubuntuAdvice(names, programs) {
  const packages = programs
    .filter(({ find }) => find !== findTestBrowser)
    .flatMap(({ debian }) => debian)
  const lines = [`The tests need ${names}. On Ubuntu:`]
  if (packages.length > 0) lines.push(`  sudo apt-get install ${packages.join(' ')}`)
  if (programs.some(({ find }) => find === findTestBrowser)) {
    lines.push(
      'and Google Chrome from https://www.google.com/chrome/, because Chromium is only there',
    )
    lines.push("as a snap, which the tests can't drive. CHROMIUM_PATH may name any other Chromium.")
  }
  return lines.join('\n')
}

const prefix = wanted().length > 0 && isDistribution('debian') ? rootPrefix() : undefined
if (prefix && findProgram('apt-get')) {
  install(prefix, [...wanted().flatMap(({ debian }) => debian), 'fonts-noto-core'])
}
const absent = missing()
if (absent.length > 0) {
  console.error(advice(absent))
  process.exitCode = 1
}
