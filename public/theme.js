// Runs before the first frame, so that a page whose theme is not the system's does not flash. What it
// reads is written by src/stores/lastTheme.ts; src/stores/applyTheme.ts does the same from here on.
try {
  const theme = localStorage.getItem('mqtab.theme')
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme
    for (const color of document.querySelectorAll('meta[name="theme-color"]')) {
      color.media = color.dataset.for === theme ? 'all' : 'not all'
    }
  }
} catch {
  // Storage is denied: the page follows the system.
}
