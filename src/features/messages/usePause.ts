import { ref, watch, type Ref } from 'vue'
import type { ViewContent } from '@/stores/messages.ts'
import { ViewPause } from './viewPause.ts'

/** The list that can be paused. */
type Pausable = {
  content: Readonly<Ref<ViewContent | undefined>>
  list: { readonly heldIndex: number | undefined }
  receive: (content: ViewContent) => void
}

/**
 * Stands between the engine and a list: while the reader has paused, the list gets what it had, and
 * `came` counts what it would have got besides.
 */
export function usePause(isPaused: () => boolean, anchored: () => Pausable) {
  const came = ref(0)
  let pause: ViewPause | undefined
  let latest: ViewContent | undefined

  function receive(next: ViewContent) {
    latest = next
    const { content, list, receive: show } = anchored()
    show(pause ? pause.pass(content.value, next, list.heldIndex) : next)
    came.value = pause?.cameIn(next) ?? 0
  }

  /** The view is another one from now on; a pause begins again with its first rows. */
  function turn() {
    latest = undefined
    came.value = 0
    if (pause) pause = new ViewPause(undefined)
  }

  watch(isPaused, (paused) => {
    pause = paused ? new ViewPause(latest) : undefined
    if (latest) receive(latest)
  })
  return { came, receive, turn }
}
