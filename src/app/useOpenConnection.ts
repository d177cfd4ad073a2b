import { computed, type ComputedRef } from 'vue'
import { useRoute } from 'vue-router'
import type { ConnectionId } from '@/core/id.ts'

/** The connection that the address names, whether there is one of that id or not. */
export function useOpenConnection(): ComputedRef<ConnectionId | undefined> {
  const route = useRoute()
  return computed(() => {
    const { connection } = route.params
    return typeof connection === 'string' ? (connection as ConnectionId) : undefined
  })
}
