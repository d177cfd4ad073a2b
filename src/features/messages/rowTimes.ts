import { computed, inject, provide, type ComputedRef, type InjectionKey } from 'vue'
import type { RowTimes } from '@/core/draft.ts'
import type { Zone } from '@/i18n/formatTime.ts'

/** How rows say their time; `zone` is that of days, and of times that no other time is counted from. */
type ShownTimes = { times: ComputedRef<RowTimes>; zone: ComputedRef<Zone> }

const key: InjectionKey<ShownTimes> = Symbol('rowTimes')

/** Tells all rows below this component how to say their time. */
export function provideRowTimes(times: () => RowTimes): void {
  provide(key, {
    times: computed(times),
    zone: computed(() => (times() === 'utc' ? 'utc' : 'local')),
  })
}

/** What was provided; throws where nothing was. */
export function useRowTimes(): ShownTimes {
  const times = inject(key)
  if (!times) throw new Error('Nothing says how to show the time')
  return times
}
