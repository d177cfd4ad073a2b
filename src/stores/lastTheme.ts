import type { Settings, Theme } from '@/core/settings.ts'

const KEY = 'mqtab.theme'

/** The theme that was in force on the last visit; empty when there was none or storage is denied. */
export function recallTheme(): Partial<Settings> {
  try {
    const theme = localStorage.getItem(KEY)
    return theme === 'light' || theme === 'dark' || theme === 'system' ? { theme } : {}
  } catch {
    // Access itself throws where cookies are blocked.
    return {}
  }
}

/** Keeps the theme for the start of the next visit. */
export function rememberTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme)
  } catch {
    // Denied or full: the next visit then starts with the system's theme.
  }
}
