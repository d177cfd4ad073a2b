import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import type { MessageRow } from '@/core/message.ts'
import type { Seq } from '@/core/units.ts'
import { useMessages } from '@/stores/messages.ts'

/** As many as somebody may look through one by one. */
const SHOWN = 100

/** The rows of the first of these messages, and how many those are at most. */
export function useUnacknowledgedRows(
  list: () => { connection: ConnectionId; seqs: readonly Seq[] },
) {
  const content = shallowRef<readonly MessageRow[]>([])
  const first = computed(() => list().seqs.slice(0, SHOWN))
  const view = useMessages().openView(({ rows }) => {
    content.value = rows.filter((row) => row.kind === 'message')
  })
  watch(first, (seqs) => view.show(list().connection, {}, { seqs }), { immediate: true })
  onScopeDispose(() => view.close())

  /** Not those any more that have just left the list, though their rows are still here. */
  const rows = computed(() => {
    const listed = new Set(first.value)
    return content.value.filter(({ seq }) => listed.has(seq))
  })
  return { rows, shown: SHOWN }
}
