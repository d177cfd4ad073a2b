import { expect, test } from 'vitest'
import { noticesPlugin } from './notices.ts'

type Emitted = { type: string; fileName: string; source: string }

/** What the plugin adds to a build of this project. */
function emitted(): Emitted[] {
  const files: Emitted[] = []
  const { generateBundle } = noticesPlugin()
  if (typeof generateBundle !== 'function') throw new Error('It adds nothing to a bundle')
  const context = { emitFile: (file: Emitted) => files.push(file) }
  Reflect.apply(generateBundle, context, [])
  return files
}

test('[DP2] a build carries the licence of every package that may be part of it', () => {
  const [file, ...others] = emitted()
  expect(others).toEqual([])
  expect(file?.fileName).toBe('licenses.txt')
  const sections = file?.source.split(`\n\n${'-'.repeat(80)}\n\n`) ?? []
  const names = sections.map((section) => section.split(' ', 1)[0])
  for (const name of ['vue', 'reka-ui', 'idb', '@iconify-json/lucide', 'tailwindcss']) {
    expect(names).toContain(name)
  }
  for (const name of ['mqtt', 'vite', 'vitest', '@playwright/test', 'eslint', 'fast-check']) {
    expect(names).not.toContain(name)
  }
  for (const section of sections) expect(section).toMatch(/^\S+ \d+\.\d+\.\d+\S* \([^)]+\)\n/)
})
