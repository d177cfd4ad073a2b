export type Theme = 'system' | 'light' | 'dark'

/** What the user chose for the whole site, on this browser. */
export type Settings = { theme: Theme }

export const DEFAULT_SETTINGS: Settings = { theme: 'system' }
