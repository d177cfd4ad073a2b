import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findOldRabbitMq, findProgram, findTestBrowser } from './programs.mjs'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mqtab-test-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

async function write(name: string, content: string | Buffer): Promise<void> {
  const file = path.join(folder, name)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, content)
}

/** Runs a script of this folder as if the temporary folder were the project. */
function run(script: string) {
  const file = path.resolve('scripts', script)
  return spawnSync(process.execPath, [file], { cwd: folder, encoding: 'utf8' })
}

describe('the check of numbered rules', () => {
  const specification = async (rules: string, title: string) => {
    for (const name of ['src', 'broker', 'deploy', 'scripts', 'e2e']) {
      await write(`${name}/.keep`, '')
    }
    await write('docs/SPEC.md', rules)
    await write('src/core/some.test.ts', `test('${title}', () => {})`)
    return run('checkSpec.mjs')
  }
  const cite = (...ids: string[]) => ids.map((id) => `[${id}] `).join('')

  test('[CK1] passes when each rule is cited and each citation is a rule', async () => {
    const title = `${cite('XX1', 'XX2')}it holds`
    const { status, stdout } = await specification('- **XX1** One.\n- **XX2** Two.\n', title)
    expect([status, stdout]).toEqual([0, '2 rules, 2 of them cited by tests\n'])
  })

  test.each([
    ['a rule without a test', '- **XX1** One.\n- **XX2** Two.\n', 'XX2 is cited by no test'],
    ['a test without a rule', 'No rules.\n', 'XX1, cited in src/core/some.test.ts, is not in'],
    ['a rule that stands twice', '- **XX1** One.\n- **XX1** Again.\n', 'XX1 stands twice in'],
  ])('[CK1] names %s', async (_, rules, problem) => {
    const { status, stderr } = await specification(rules, `${cite('XX1')}it holds`)
    expect(status).toBe(1)
    expect(stderr).toContain(problem)
  })
})

describe('the check of sizes', () => {
  type Part = 'shared' | 'later' | 'engine' | 'search' | 'stray'

  /** A site whose entry imports one chunk statically and one only later; sizes in kB. */
  const site = async (sizes: Partial<Record<Part, number>>) => {
    const manifest = {
      'index.html': {
        file: 'assets/index.js',
        isEntry: true,
        imports: ['_s'],
        css: ['assets/a.css'],
      },
      _s: { file: 'assets/shared.js', imports: ['index.html'] },
      later: { file: 'assets/later.js' },
    }
    await write('dist/.vite/manifest.json', JSON.stringify(manifest))
    await write('dist/index.html', '<title>page</title>')
    await write('dist/assets/index.js', randomBytes(10_000))
    await write('dist/assets/a.css', randomBytes(1000))
    // Random bytes cannot be compressed, so their gzipped size is their own.
    const files = {
      shared: 'shared.js',
      later: 'later.js',
      engine: 'engine.worker-1.js',
      search: 'search.worker-1.js',
      stray: 'stray.worker-1.js',
    }
    for (const [part, size] of Object.entries({ shared: 1, later: 0, ...sizes })) {
      await write(`dist/assets/${files[part as Part]}`, randomBytes(size * 1000))
    }
    return run('checkSize.mjs')
  }

  test('[CK2] counts what the first load needs, and not what comes later', async () => {
    const { status, stdout } = await site({ shared: 100, later: 500, engine: 50, search: 10 })
    expect(status).toBe(0)
    expect(stdout).toMatch(/111\.\d kB {2}first load, within 135 kB gzip/)
    expect(stdout).toMatch(/50\.\d kB {2}engine worker, within \d+ kB gzip/)
    expect(stdout).toMatch(/10\.\d kB {2}search worker, within \d+ kB gzip/)
    expect(stdout).not.toContain('later.js')
  })

  test.each([
    ['first load', { shared: 130 }],
    ['engine worker', { engine: 200 }],
    ['search worker', { engine: 50, search: 30 }],
    ['other workers', { stray: 1 }],
  ])('[CK2] fails when the %s is too large', async (title, sizes) => {
    const { status, stdout } = await site(sizes)
    expect(status).toBe(1)
    expect(stdout).toMatch(new RegExp(`${title}, ABOVE`))
  })
})

describe('finding programs', () => {
  test('[CK3] looks in the PATH first, for the first of several names', async () => {
    for (const name of ['second', 'third']) {
      await write(name, '')
      await chmod(path.join(folder, name), 0o755)
    }
    vi.stubEnv('PATH', `/nowhere${path.delimiter}${folder}`)
    expect(findProgram('first', 'second', 'third')).toBe(path.join(folder, 'second'))
    expect(findProgram('no-such-program')).toBeUndefined()
  })

  test('[CK3] takes the Chromium that was chosen', () => {
    vi.stubEnv('CHROMIUM_PATH', '/my/own/chromium')
    expect(findTestBrowser()).toBe('/my/own/chromium')
  })

  test('[CK3] takes no RabbitMQ that has MQTT 5', async () => {
    expect(findOldRabbitMq(folder)).toBeUndefined()
    await write('bin/rabbitmq-server', '')
    for (const version of ['3.13.0', '4.0.5']) {
      await write(`lib/rabbitmq_server-${version}/README`, '')
      expect(findOldRabbitMq(folder)).toBeUndefined()
    }
    await write('lib/rabbitmq_server-3.10.8/README', '')
    expect(findOldRabbitMq(folder)).toBe(path.join(folder, 'bin/rabbitmq-server'))
  })

  test('[CK3] drives the headless shell rather than a whole Chromium', async () => {
    vi.stubEnv('CHROMIUM_PATH', undefined)
    vi.stubEnv('PATH', folder)
    await write('chromium', '')
    expect(findTestBrowser()).toBe(path.join(folder, 'chromium'))
    await write('chromium-headless-shell', '')
    expect(findTestBrowser()).toBe(path.join(folder, 'chromium-headless-shell'))
  })
})
