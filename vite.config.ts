import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vitest/config'
import { brokerPlugin } from './broker/node/brokerPlugin.ts'
import { developmentHeaders, headers } from './deploy/headers.mjs'
import { noticesPlugin } from './deploy/notices.ts'

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
    // Vitest leaves one core to its terminal; on two cores that would be half of the machine.
    maxWorkers: Math.max(2, availableParallelism()),
    projects: [
      {
        extends: true as const,
        test: {
          name: 'pure',
          include: ['src/{core,i18n}/**/*.test.ts'],
          // Nothing there has any state, so the files may share their modules: half of the time.
          isolate: false,
        },
      },
      {
        extends: true as const,
        test: {
          name: 'rest',
          include: ['{src,broker,bench,deploy,scripts}/**/*.test.ts'],
          exclude: ['src/{core,i18n}/**'],
        },
      },
    ],
  },
}))
