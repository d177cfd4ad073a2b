import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useNow } from './useNow.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

test('[RQ4] the time goes on to each moment at which something is over, and not in between', async () => {
  const ends = shallowRef([1_500, 3_000])
  const scope = effectScope()
  const now = scope.run(() => useNow((time) => ends.value.find((end) => end > time)))
  expect(now?.value).toBe(1_000)
  vi.advanceTimersByTime(499)
  expect(now?.value).toBe(1_000)
  vi.advanceTimersByTime(1)
  expect(now?.value).toBe(1_500)
  await nextTick()
  vi.advanceTimersByTime(1_500)
  expect(now?.value).toBe(3_000)
  await nextTick()
  expect(vi.getTimerCount()).toBe(0)
  ends.value = [4_000]
  await nextTick()
  scope.stop()
  expect(vi.getTimerCount()).toBe(0)
})
