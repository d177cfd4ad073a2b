import { computed, nextTick, onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { Row } from '@/core/message.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { ViewContent, ViewWindow } from '@/stores/messages.ts'
import { AnchoredList } from './anchoredList.ts'
import { keepRows } from './keepRows.ts'
import { reuseRows } from './reuseRows.ts'
import { keysFor, type RowKeys } from './rowKeys.ts'
import type { Pixels, Range } from './rowPlacement.ts'

/** `scroller` scrolls `track`, in which `stage` stays in view and shows `rows`. */
export type ListElements = Record<'scroller' | 'track' | 'stage' | 'rows', HTMLElement>

/** What is drawn: row `index` of the view, and the row above it where that one is loaded. */
export type ListItem = { key: number; index: number; row: Row; previous: Row | undefined }

/** After this long without a scroll event a scroll has stopped. */
const REST: Milliseconds = 120

/**
 * Gives an `AnchoredList` its elements, and the page what to draw. Positions are written straight to the
 * elements: they change with every scroll, and no template depends on them.
 */
export function useAnchoredList(
  elements: Readonly<Ref<ListElements | undefined>>,
  isBusy: Readonly<Ref<boolean>>,
  ask: (window: ViewWindow) => void,
) {
  const content = shallowRef<ViewContent>()
  const drawn = shallowRef<Range>({ start: 0, end: 0 })
  const state = shallowRef({ isAtEnd: true, unseen: 0 })
  const width = ref<Pixels>(0)
  let viewport: Pixels = 0
  /** The scroll position as it was set or heard of last. */
  let knownScrollTop: Pixels = 0
  let isThumbHeld = false
  let restTimer: ReturnType<typeof setTimeout> | undefined

  const list = new AnchoredList({
    draw: (range) => (drawn.value = range),
    moveTo(top) {
      if (elements.value) elements.value.rows.style.transform = `translateY(${top}px)`
    },
    setThumb,
    ask,
    tell(next) {
      const { isAtEnd, unseen } = state.value
      if (isAtEnd !== next.isAtEnd || unseen !== next.unseen) state.value = next
    },
  })

  const items = computed<ListItem[]>((before = []) => {
    const { from, rows } = content.value ?? { from: 0, rows: [] }
    const { start, end } = drawn.value
    const shown = rows.slice(start - from, end - from)
    const keys = keysAfter(before, shown)
    return shown.map((row, position) => {
      const index = start + position
      return { key: keys.get(row.seq) ?? 0, index, row, previous: rows[index - from - 1] }
    })
  })

  function keysAfter(before: readonly ListItem[], shown: readonly Row[]): RowKeys {
    const focused = Array.from(elements.value?.rows.children ?? []).findIndex((child) =>
      child.contains(document.activeElement),
    )
    return keysFor(
      shown.map(({ seq }) => seq),
      new Map(before.map(({ row, key }) => [row.seq, key])),
      (seq) => before[focused]?.row.seq === seq,
    )
  }

  /** Starts at the end of another view; until its first rows come there is none. */
  function reset() {
    content.value = undefined
    list.reset()
  }

  function receive(next: ViewContent) {
    const kept = keepRows(content.value, next, list.heldIndex)
    content.value = { ...kept, rows: reuseRows(content.value?.rows ?? [], kept.rows) }
    list.receive(content.value)
  }

  function setThumb(height: Pixels, scrollTop: Pixels | undefined): Pixels {
    if (!elements.value) return 0
    const { scroller, track } = elements.value
    // A scroll whose event is still to come must not be undone, or it would be lost.
    const isScrolled = !isClamped(scroller) && Math.abs(scroller.scrollTop - knownScrollTop) >= 1
    const style = `${height}px`
    if (track.style.height !== style) track.style.height = style
    if (isScrolled) return knownScrollTop
    // Less than a pixel is rounding, and setting it would stop a scroll for nothing.
    const isElsewhere = scrollTop !== undefined && Math.abs(scrollTop - scroller.scrollTop) >= 1
    if (isElsewhere) scroller.scrollTop = scrollTop
    knownScrollTop = scroller.scrollTop
    return knownScrollTop
  }

  function measure() {
    const children = elements.value?.rows.children ?? []
    list.drew(Array.from(children, (child) => child.getBoundingClientRect().height))
  }

  function onScroll() {
    const scroller = elements.value?.scroller
    if (!scroller) return
    const isByReader = !isClamped(scroller)
    knownScrollTop = scroller.scrollTop
    if (!isByReader) {
      list.shiftThumb(knownScrollTop)
      return
    }
    if (!isThumbHeld) {
      clearTimeout(restTimer)
      restTimer = setTimeout(() => list.rest(), REST)
    }
    list.scroll(knownScrollTop)
  }

  /** Only the scroll bar belongs to the scroller alone; everything in it is covered by the track. */
  function onPointerDown({ target }: PointerEvent) {
    if (target !== elements.value?.scroller) return
    clearTimeout(restTimer)
    isThumbHeld = true
    list.holdThumb()
  }

  /** The release of a scroll bar is not told everywhere, but the next move without a button tells it. */
  function onPointerFree({ buttons }: PointerEvent) {
    if (!isThumbHeld || buttons !== 0) return
    isThumbHeld = false
    list.rest()
  }

  /** Whether the thumb is where it is because there was no more room for it where it was. */
  function isClamped({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
    const room = scrollHeight - clientHeight
    return knownScrollTop > room + 1 && scrollTop >= room - 1
  }

  const observer = new ResizeObserver(() => {
    if (!elements.value) return
    const { scroller, stage } = elements.value
    const isWidthNew = scroller.clientWidth !== width.value
    if (isWidthNew) list.forgetHeights()
    width.value = scroller.clientWidth
    if (scroller.clientHeight !== viewport) {
      viewport = scroller.clientHeight
      stage.style.height = `${viewport}px`
      list.resize(viewport)
    }
    // The width changes what is drawn, which happens after this.
    void nextTick(measure)
  })
  watch(elements, (next) => {
    observer.disconnect()
    if (!next) return
    observer.observe(next.scroller)
    observer.observe(next.rows)
  })
  const pointerEvents = ['pointermove', 'pointerup', 'pointercancel'] as const
  for (const type of pointerEvents) addEventListener(type, onPointerFree)
  watch([content, drawn], measure, { flush: 'post' })
  watch(isBusy, (busy) => list.setBusy(busy))
  onScopeDispose(() => {
    observer.disconnect()
    clearTimeout(restTimer)
    for (const type of pointerEvents) removeEventListener(type, onPointerFree)
  })

  return {
    ...{ list, content, items, state, width, reset, receive, onScroll, onPointerDown },
    viewport: () => viewport,
  }
}
