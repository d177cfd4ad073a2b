import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'

/** The size of the window in CSS pixels; it bounds the sizes of the panes. */
export function useWindowSize(): Readonly<
  Ref<{ readonly width: number; readonly height: number }>
> {
  const measure = () => ({ width: innerWidth, height: innerHeight })
  const size = shallowRef(measure())
  const update = () => (size.value = measure())
  addEventListener('resize', update)
  onScopeDispose(() => removeEventListener('resize', update))
  return readonly(size)
}
