import { watch, type Ref } from 'vue'
import type { AnchoredList } from './anchoredList.ts'
import type { Pixels } from './rowPlacement.ts'

/** What one press of an arrow key scrolls, as in browsers. */
const LINE: Pixels = 40

/**
 * Scrolls with the keys that scroll a page, when the keyboard is in the list. The browser would do it by
 * moving the thumb, of a track that may stand for far more than its height.
 */
export function useListKeys(
  scroller: Readonly<Ref<HTMLElement | null>>,
  { list, viewport }: { list: AnchoredList; viewport: () => Pixels },
): void {
  function onKey(event: KeyboardEvent) {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey
    const isPress = event.target instanceof HTMLButtonElement && event.key === ' '
    if (!isPlain || isPress) return
    const action = actionOf(event.key, list, viewport())
    if (!action) return
    event.preventDefault()
    action()
  }

  watch(scroller, (element, previous) => {
    previous?.removeEventListener('keydown', onKey)
    element?.addEventListener('keydown', onKey)
  })
}

function actionOf(key: string, list: AnchoredList, viewport: Pixels): (() => void) | undefined {
  // A page keeps a line of the last one in view.
  const page = Math.max(LINE, viewport - LINE)
  switch (key) {
    case 'ArrowUp':
      return () => list.moveBy(-LINE)
    case 'ArrowDown':
      return () => list.moveBy(LINE)
    case 'PageUp':
      return () => list.moveBy(-page)
    case 'PageDown':
    case ' ':
      return () => list.moveBy(page)
    case 'Home':
      return () => list.goToStart()
    case 'End':
      return () => list.goToEnd()
    default:
      return undefined
  }
}
