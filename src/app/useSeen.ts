import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import type { Milliseconds } from '@/core/units.ts'
import { useConnections } from '@/stores/connections.ts'

/** A flood changes the count with every frame; the badge is hidden meanwhile, so fewer words do. */
const PERIOD: Milliseconds = 250

/**
 * Tells the engine that the messages of the open connection have been seen, as long as the page is
 * visible. Call it in the setup of what shows them.
 */
export function useSeen(connection: () => ConnectionId): void {
  const connections = useConnections()
  const isVisible = shallowRef(document.visibilityState === 'visible')
  const onVisibility = () => (isVisible.value = document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', onVisibility)

  /** What is on the screen and not yet reported as seen. */
  const fresh = computed(() => {
    const totals = connections.get(connection())?.totals
    if (!isVisible.value || !totals || totals.unread === 0) return undefined
    return { connection: connection(), received: totals.received }
  })
  let pending: { connection: ConnectionId; received: number } | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  function report() {
    if (pending) connections.markSeen(pending.connection, pending.received)
    pending = undefined
  }

  function tick() {
    timer = pending ? setTimeout(tick, PERIOD) : undefined
    report()
  }

  watch(
    fresh,
    (next) => {
      // Another connection was opened: what was seen of the last one is not forgotten.
      if (pending && pending.connection !== next?.connection) report()
      pending = next
      if (timer === undefined) tick()
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', onVisibility)
    clearTimeout(timer)
    report()
  })
}
