import { defineConfig } from '@playwright/test'
import tests from '../../playwright.config.ts'

/** `npm run pictures`: one picture of each chapter, light and dark, wide and narrow. */
export default defineConfig(tests, {
  testDir: '.',
  testIgnore: [],
  testMatch: '*.pictures.ts',
  outputDir: '../../test-results/pictures-run',
  reporter: 'list',
})
