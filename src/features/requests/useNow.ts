import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { EpochMs } from '@/core/units.ts'

/** The time, looked at again when `next()` has come; it stands still while there is no such time. */
export function useNow(next: (now: EpochMs) => EpochMs | undefined): Readonly<Ref<EpochMs>> {
  const now = shallowRef<EpochMs>(Date.now())
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => next(now.value),
    (time) => {
      clearTimeout(timer)
      if (time === undefined) return
      // A timer may come a moment early, and the time has to be over then.
      timer = setTimeout(() => (now.value = Math.max(time, Date.now())), time - Date.now())
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return now
}
