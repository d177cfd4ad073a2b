import { computed } from 'vue'
import { BLANK_DRAFT, type Draft } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { useConnections } from '@/stores/connections.ts'

/** How the messages of a connection are shown: what its draft remembers, to be read and changed. */
export function useListLook(connection: () => ConnectionId) {
  const connections = useConnections()

  function remembered<Key extends keyof Draft>(key: Key) {
    return computed<Draft[Key]>({
      get: () => (connections.get(connection())?.draft ?? BLANK_DRAFT)[key],
      set: (value) => connections.saveDraft(connection(), { [key]: value }),
    })
  }

  return { view: remembered('view'), density: remembered('density'), times: remembered('times') }
}
