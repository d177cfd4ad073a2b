import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nginxHeaders } from './headers.mjs'

let site = ''
const at = (...names: string[]) => path.join(site, ...names)

beforeEach(async () => {
  site = await mkdtemp(path.join(tmpdir(), 'mqtab-test-'))
})

afterEach(() => rm(site, { recursive: true }))

function prepare(...words: string[]) {
  return spawnSync(process.execPath, ['deploy/prepare.mjs', ...words], { encoding: 'utf8' })
}

test('[DP3] text that is worth it is compressed beside itself, and nothing else', async () => {
  const text = 'const words = "again and again"\n'.repeat(100)
  await mkdir(at('assets'))
  await mkdir(at('.vite'))
  for (const name of ['index.html', 'assets/a.js', 'assets/a.css', 'site.webmanifest', 'a.png']) {
    await writeFile(at(name), text)
  }
  await writeFile(at('assets/small.js'), 'tiny')
  await writeFile(at('.vite/manifest.json'), text)
  expect(prepare(site, at('security.conf')).status).toBe(0)
  for (const name of ['index.html', 'assets/a.js', 'assets/a.css', 'site.webmanifest']) {
    expect(gunzipSync(await readFile(at(`${name}.gz`))).toString()).toBe(text)
    expect(await readFile(at(name), 'utf8')).toBe(text)
  }
  expect(['a.png.gz', 'assets/small.js.gz'].map((name) => existsSync(at(name)))).toEqual([
    false,
    false,
  ])
  // Only the build needs its manifest.
  expect(existsSync(at('.vite'))).toBe(false)
})

test('[DP3] the security headers are written for nginx', async () => {
  expect(prepare(site, at('security.conf')).status).toBe(0)
  expect(await readFile(at('security.conf'), 'utf8')).toBe(nginxHeaders())
})

test.each([[[]], [['only-one']]])('[DP3] with %j it says how it is used', (words) => {
  const { status, stderr } = prepare(...words)
  expect(status).toBe(2)
  expect(stderr).toContain('usage:')
})
