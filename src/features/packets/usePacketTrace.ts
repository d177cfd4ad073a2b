import { computed, onUnmounted, shallowRef } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import { usePackets } from '@/stores/packets.ts'
import { PacketLines, type TraceLine } from './packetLines.ts'

/** The packets of a connection, for as long as the component is there. */
export function usePacketTrace(connection: ConnectionId) {
  const trace = new PacketLines()
  const lines = shallowRef<readonly TraceLine[]>(trace.all)
  const counts = shallowRef({ skipped: 0, letGo: 0 })
  /** The engine has answered. */
  const isKnown = shallowRef(false)

  const end = usePackets().watch(connection, (update, isWhole) => {
    trace.update(update, isWhole)
    lines.value = trace.all
    counts.value = { skipped: update.skipped, letGo: update.letGo }
    isKnown.value = true
  })
  onUnmounted(end)

  return {
    lines,
    isKnown,
    skipped: computed(() => counts.value.skipped),
    letGo: computed(() => counts.value.letGo),
  }
}
