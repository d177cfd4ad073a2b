import { onMounted, type ShallowRef } from 'vue'
import { t } from '@/i18n/translate.ts'

/**
 * Publishes with Ctrl+Enter or ⌘+Enter from anywhere in the pane. Returns the shortcut as this system
 * writes it. A key that is held down publishes once.
 */
export function usePublishShortcut(
  pane: Readonly<ShallowRef<HTMLElement | null>>,
  publish: () => void,
): string {
  onMounted(() => {
    pane.value?.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
      event.preventDefault()
      if (!event.repeat) publish()
    })
  })
  const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent)
  return t(isApple ? 'publish.shortcutApple' : 'publish.shortcut')
}
