import { onMounted, shallowRef, type ShallowRef } from 'vue'
import type { openPayloadEditor } from './openPayloadEditor.ts'

let loading: Promise<typeof openPayloadEditor> | undefined

/**
 * The payload editor's code, which is loaded once and after the page is shown. Stays undefined when it
 * cannot be loaded; the next pane tries again.
 */
export function usePayloadEditor(): Readonly<ShallowRef<typeof openPayloadEditor | undefined>> {
  const open = shallowRef<typeof openPayloadEditor>()
  onMounted(async () => {
    loading ??= import('./openPayloadEditor.ts').then((editor) => editor.openPayloadEditor)
    try {
      open.value = await loading
    } catch {
      loading = undefined
    }
  })
  return open
}
