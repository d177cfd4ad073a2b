/**
 * Calls `send` for Ctrl+Enter or ⌘+Enter anywhere in the element. A key that is held down counts once,
 * and one that ends a composition not at all.
 */
export function onSendKey(element: HTMLElement, send: () => void): void {
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    event.preventDefault()
    if (!event.repeat) send()
  })
}

/** Whether this system's keyboards have ⌘ where others have Ctrl. */
export function hasCommandKey(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}
