import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watchEffect } from 'vue'
import { DEFAULT_SETTINGS, type Settings } from '@/core/settings.ts'
import { applyTheme } from './applyTheme.ts'
import { useEngine } from './engine.ts'
import { recallTheme, rememberTheme } from './lastTheme.ts'

/**
 * What the user chose for the whole site; the engine keeps it, this shows and applies it. Until the
 * engine has said it, the theme is that of the last visit, so that the page does not change its colour.
 */
export const useSettings = defineStore('settings', () => {
  const engine = useEngine()
  const settings = shallowRef<Settings>({ ...DEFAULT_SETTINGS, ...recallTheme() })

  const darkSystem = matchMedia('(prefers-color-scheme: dark)')
  const systemIsDark = ref(darkSystem.matches)
  darkSystem.addEventListener('change', ({ matches }) => (systemIsDark.value = matches))

  const isDark = computed(() => {
    const { theme } = settings.value
    return theme === 'system' ? systemIsDark.value : theme === 'dark'
  })
  watchEffect(() => applyTheme(isDark.value ? 'dark' : 'light'))

  function adopt(next: Settings) {
    settings.value = next
    rememberTheme(next.theme)
  }

  function save(change: Partial<Settings>) {
    engine.send({ type: 'saveSettings', settings: { ...settings.value, ...change } })
  }

  return { settings, isDark, adopt, save }
})
