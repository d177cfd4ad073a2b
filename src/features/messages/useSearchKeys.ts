import { onScopeDispose } from 'vue'

/**
 * Calls `focus` for `/` and for Ctrl+F or ⌘F, unless somebody types or a dialog is open; `focus` tells
 * whether there was something to focus. Otherwise the browser finds what it can by itself.
 */
export function useSearchKeys(focus: () => boolean): void {
  function onKey(event: KeyboardEvent) {
    const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey
    const isFind = event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey)
    if (!(isSlash || (isFind && !event.shiftKey && !event.altKey))) return
    if (event.defaultPrevented || isTyping(event.target) || isDialogOpen()) return
    if (focus()) event.preventDefault()
  }

  addEventListener('keydown', onKey)
  onScopeDispose(() => removeEventListener('keydown', onKey))
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) {
    return !['radio', 'checkbox', 'button', 'color'].includes(target.type)
  }
  return target.isContentEditable || target.matches('textarea, select')
}

function isDialogOpen(): boolean {
  return document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null
}
