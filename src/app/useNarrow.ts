import { onScopeDispose, readonly, shallowRef, type Ref } from 'vue'

/** Whether the window is below Tailwind's `md`, so that one pane is shown at a time. */
export function useNarrow(): Readonly<Ref<boolean>> {
  const query = matchMedia('(width < 48rem)')
  const isNarrow = shallowRef(query.matches)
  const update = () => (isNarrow.value = query.matches)
  query.addEventListener('change', update)
  onScopeDispose(() => query.removeEventListener('change', update))
  return readonly(isNarrow)
}
