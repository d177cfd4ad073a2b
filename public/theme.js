// Runs before the first frame, so that a page whose theme is not the system's does not flash. What it
// reads is written by src/stores/lastTheme.ts; the settings store takes over from here.
try {
  const theme = localStorage.getItem('mqtab.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage is denied: the page follows the system.
}
