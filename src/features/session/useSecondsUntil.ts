import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { EpochMs, Milliseconds, Seconds } from '@/core/units.ts'

/** Several times a second, so that no second is skipped or shown for two. */
const PERIOD: Milliseconds = 250

/** The whole seconds until a time, counting down to 0; 0 also while there is no such time. */
export function useSecondsUntil(time: () => EpochMs | undefined): Readonly<Ref<Seconds>> {
  const seconds = shallowRef<Seconds>(0)
  let timer: ReturnType<typeof setInterval> | undefined

  function update() {
    const left = (time() ?? 0) - Date.now()
    seconds.value = Math.max(0, Math.ceil(left / 1000))
  }

  watch(
    time,
    (next) => {
      clearInterval(timer)
      if (next !== undefined) timer = setInterval(update, PERIOD)
      update()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearInterval(timer))
  return seconds
}
