import { computed, nextTick, onMounted, onUnmounted, ref, watch, type Ref } from 'vue'
import { indexOfLine, type TraceLine } from './packetLines.ts'

/** Rows above and below what is in sight, so that a turn of the wheel shows no gap. */
const SPARE = 8

/**
 * Which rows of a list with rows of one height are in sight. It follows the end while the reader is
 * there; otherwise the rows in sight stay where they are, also when older ones go.
 */
export function useFixedRows(
  box: Readonly<Ref<HTMLElement | null>>,
  lines: () => readonly TraceLine[],
  rowHeight: () => number,
) {
  const scrollTop = ref(0)
  const height = ref(0)
  const isAtEnd = ref(true)

  const first = computed(() => Math.max(0, Math.floor(scrollTop.value / rowHeight()) - SPARE))
  const last = computed(() =>
    Math.min(lines().length, Math.ceil((scrollTop.value + height.value) / rowHeight()) + SPARE),
  )

  function onScroll() {
    const element = box.value
    if (!element) return
    scrollTop.value = element.scrollTop
    isAtEnd.value = element.scrollTop + element.clientHeight >= element.scrollHeight - 2
  }

  function toEnd() {
    box.value?.scrollTo({ top: box.value.scrollHeight })
    isAtEnd.value = true
  }

  /** Scrolls as little as shows the whole row. */
  function show(index: number) {
    const element = box.value
    if (!element) return
    const top = index * rowHeight()
    const bottom = top + rowHeight()
    if (top < element.scrollTop) element.scrollTop = top
    else if (bottom > element.scrollTop + element.clientHeight) {
      element.scrollTop = bottom - element.clientHeight
    }
  }

  watch(lines, async (now, before) => {
    const wasAtEnd = isAtEnd.value
    const top = before[Math.floor(scrollTop.value / rowHeight())]
    const moved = top
      ? indexOfLine(now, top.record.seq) - Math.floor(scrollTop.value / rowHeight())
      : 0
    await nextTick()
    if (wasAtEnd) toEnd()
    else if (moved !== 0 && box.value) box.value.scrollTop += moved * rowHeight()
  })

  const observer = new ResizeObserver(() => {
    height.value = box.value?.clientHeight ?? 0
    if (isAtEnd.value) toEnd()
  })
  onMounted(() => {
    if (box.value) observer.observe(box.value)
  })
  onUnmounted(() => observer.disconnect())

  return { first, last, isAtEnd, onScroll, toEnd, show }
}
