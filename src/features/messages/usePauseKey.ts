import { onScopeDispose } from 'vue'

/** As `aria-keyshortcuts` writes it. */
export const PAUSE_KEY = 'Alt+P'

/** Calls `toggle` for Alt+P anywhere on the page. A key that is held down counts once. */
export function usePauseKey(toggle: () => void): void {
  function onKey(event: KeyboardEvent) {
    const { altKey, ctrlKey, metaKey, shiftKey } = event
    // On a Mac the key types another letter together with Alt; elsewhere the letter tells.
    const isKey = event.key.toLowerCase() === 'p' || event.code === 'KeyP'
    if (!isKey || !altKey || ctrlKey || metaKey || shiftKey) return
    event.preventDefault()
    if (!event.repeat) toggle()
  }

  addEventListener('keydown', onKey)
  onScopeDispose(() => removeEventListener('keydown', onKey))
}
