import { computed } from 'vue'
import { useRememberedSize, type Bounds } from './useRememberedSize.ts'
import { useWindowSize } from './useWindowSize.ts'

/** The sizes of the panes in pixels, and what they may be in this window. */
export function usePaneSizes() {
  const screen = useWindowSize()
  // Of the list as well as of the subscriptions: the messages get the larger part of any window.
  const columnBounds = computed(() => bounds(160, screen.value.width * 0.22))
  // Half of a short window stays with the messages.
  const publishBounds = computed(() => bounds(168, screen.value.height * 0.5))
  return {
    columnBounds,
    publishBounds,
    listWidth: useRememberedSize('connections', 248, () => columnBounds.value),
    columnWidth: useRememberedSize('subscriptions', 248, () => columnBounds.value),
    publishHeight: useRememberedSize('publish', 264, () => publishBounds.value),
  }
}

function bounds(min: number, max: number): Bounds {
  return { min, max: Math.max(min, Math.round(max)) }
}
