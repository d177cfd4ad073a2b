import type { AnchoredList } from './anchoredList.ts'
import type { Pixels } from './rowPlacement.ts'

/** What one press of an arrow key scrolls, as in browsers. */
const LINE: Pixels = 40

/**
 * Scrolls with the keys that scroll a page, and returns whether `key` is one. The browser would move the
 * thumb by a share of a track that stands for far more than its height.
 */
export function scrollByKey(list: AnchoredList, key: string, viewport: Pixels): boolean {
  // A page keeps a line of the last one.
  const page = Math.max(LINE, viewport - LINE)
  switch (key) {
    case 'ArrowUp':
      list.moveBy(-LINE)
      return true
    case 'ArrowDown':
      list.moveBy(LINE)
      return true
    case 'PageUp':
      list.moveBy(-page)
      return true
    case 'PageDown':
    case ' ':
      list.moveBy(page)
      return true
    case 'Home':
      list.goToStart()
      return true
    case 'End':
      list.goToEnd()
      return true
    default:
      return false
  }
}
