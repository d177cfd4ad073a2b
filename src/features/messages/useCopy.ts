import { onScopeDispose, ref, shallowRef } from 'vue'
import type { Milliseconds } from '@/core/units.ts'

/** How long a button says that it has copied. */
const ACKNOWLEDGED_FOR: Milliseconds = 2_000

/** More text than this is not put into the page to be copied by hand. */
export const MAX_BY_HAND = 200_000

/**
 * Copies text. On plain http a page has no clipboard, and elsewhere the reader may have denied it; then
 * `byHand` is the text, to be shown for selecting. `copied` names what was copied last, for a moment.
 */
export function useCopy<Subject extends string>() {
  const copied = ref<Subject>()
  const byHand = shallowRef<string>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function copy(subject: Subject, text: string) {
    clearTimeout(timer)
    byHand.value = undefined
    copied.value = undefined
    try {
      // Not there at all on plain http, which the type does not know; that throws as well.
      await navigator.clipboard.writeText(text)
    } catch {
      byHand.value = text
      return
    }
    copied.value = subject
    timer = setTimeout(() => (copied.value = undefined), ACKNOWLEDGED_FOR)
  }

  function dismiss() {
    byHand.value = undefined
  }

  onScopeDispose(() => clearTimeout(timer))
  return { copied, byHand, copy, dismiss }
}
