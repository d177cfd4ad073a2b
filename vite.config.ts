import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import icons from 'unplugin-icons/vite'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Relative asset URLs: the same build works at any path.
  base: './',
  plugins: [vue(), tailwindcss(), icons({ compiler: 'vue3', autoInstall: false })],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  worker: { format: 'es' },
  build: {
    target: 'baseline-widely-available',
    modulePreload: { polyfill: false },
    manifest: true,
  },
  test: {
    include: ['src/**/*.test.ts', 'broker/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
  },
})
