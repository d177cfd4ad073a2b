/**
 * Puts a theme in force: for the style sheet, and for the browser's own frame around the page, whose
 * colour is that of the `theme-color` element whose `media` matches.
 */
export function applyTheme(theme: 'light' | 'dark'): void {
  document.documentElement.dataset['theme'] = theme
  const colors = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')
  for (const color of colors) color.media = color.dataset['for'] === theme ? 'all' : 'not all'
}
