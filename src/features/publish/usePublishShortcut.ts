import { onMounted, type ShallowRef } from 'vue'
import { t } from '@/i18n/translate.ts'
import { hasCommandKey, onSendKey } from '@/ui/onSendKey.ts'

/**
 * Publishes with Ctrl+Enter or ⌘+Enter from anywhere in the pane. Returns the shortcut as this system
 * writes it.
 */
export function usePublishShortcut(
  pane: Readonly<ShallowRef<HTMLElement | null>>,
  publish: () => void,
): string {
  onMounted(() => {
    if (pane.value) onSendKey(pane.value, publish)
  })
  return t(hasCommandKey() ? 'publish.shortcutApple' : 'publish.shortcut')
}
