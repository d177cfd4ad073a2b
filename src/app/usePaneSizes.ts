import { computed } from 'vue'
import { useRememberedSize, type Bounds } from './useRememberedSize.ts'
import { useWindowSize } from './useWindowSize.ts'

/** The sizes of the panes of a connection, in pixels, and what they may be in this window. */
export function usePaneSizes() {
  const screen = useWindowSize()
  const columnBounds = computed<Bounds>(() => ({
    min: 180,
    max: Math.max(180, Math.round(screen.value.width * 0.35)),
  }))
  // Half of a short window stays with the messages.
  const publishBounds = computed<Bounds>(() => ({
    min: 168,
    max: Math.max(168, Math.round(screen.value.height * 0.5)),
  }))
  return {
    columnBounds,
    publishBounds,
    columnWidth: useRememberedSize('subscriptions', 248, () => columnBounds.value),
    publishHeight: useRememberedSize('publish', 264, () => publishBounds.value),
  }
}
