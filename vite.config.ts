import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vitest/config'
import { brokerPlugin } from './broker/node/brokerPlugin.ts'
import { developmentHeaders, headers } from './deploy/headers.mjs'
import { noticesPlugin } from './deploy/notices.ts'

/** Not with those of the engine, whose last timers would run on beside them. */
const PAGE = ['src/{app,features,i18n,stores,ui}/**/*.test.ts']

/** These tests change the list of migrations, which others would then see. */
const CHANGE_MIGRATIONS = ['src/{log,storage}/{database,migrations}.test.ts']

export default defineConfig(({ mode }) => ({
  // Relative asset URLs: the same build works at any path.
  base: './',
  plugins: [
    vue(),
    tailwindcss(),
    icons({ compiler: 'vue3', autoInstall: false }),
    noticesPlugin(),
    // Unit tests start a server of their own without a socket, which needs no broker.
    mode !== 'test' && brokerPlugin(),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  worker: { format: 'es' as const },
  server: { headers: developmentHeaders },
  preview: { headers },
  build: {
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    manifest: true,
    // What it would say is where the build's own time went, which nobody who starts the app asks for.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  test: {
    environment: 'node' as const,
    // For a machine that does something else as well; a test that hangs costs this once.
    testTimeout: 30_000,
    // A third of the time the tests wait for brokers and timers, so one more than there are cores.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true as const,
        test: {
          name: 'page',
          include: PAGE,
          // Modules are loaded once for all files, which is half of the time.
          isolate: false,
        },
      },
      {
        extends: true as const,
        test: {
          name: 'rest',
          include: ['{src,broker,bench,deploy,scripts}/**/*.test.ts'],
          exclude: [...PAGE, ...CHANGE_MIGRATIONS],
          isolate: false,
        },
      },
      {
        extends: true as const,
        test: { name: 'alone', include: CHANGE_MIGRATIONS },
      },
    ],
  },
}))
