import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import process from 'node:process'
import { defineConfig } from '@playwright/test'
import { findTestBrowser } from './scripts/programs.mjs'

const executablePath = findTestBrowser()
if (!executablePath) throw new Error('There is no Chromium: node scripts/setUp.mjs')

/** Chromium's sandbox needs a user namespace, which root and many containers do not give it. */
const canSandbox =
  process.platform !== 'linux' ||
  (process.getuid?.() !== 0 &&
    spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0)

export default defineConfig({
  testDir: 'e2e',
  testIgnore: 'e2e/pictures/**',
  // Playwright empties this folder at the start, so it can't be the one with everybody's reports.
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  workers: availableParallelism() + 1,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-US',
    colorScheme: 'light',
    contextOptions: { reducedMotion: 'reduce' },
    serviceWorkers: 'block',
    actionTimeout: 15_000,
    screenshot: 'only-on-failure',
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    launchOptions: {
      executablePath,
      chromiumSandbox: canSandbox,
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // No test can reach another machine. `mqtab.test` is this one under a name that browsers
        // do not take for it, so that pages from there have no secure context.
        '--host-resolver-rules=MAP mqtab.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ],
    },
  },
})
