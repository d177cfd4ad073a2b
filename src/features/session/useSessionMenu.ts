import { computed, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { ConnectionId } from '@/core/id.ts'
import { t } from '@/i18n/translate.ts'
import { useConnections } from '@/stores/connections.ts'
import { deleteConnection } from '@/stores/deleteConnection.ts'
import type { MenuItem } from '@/ui/menuItem.ts'

/** What `More` offers for a connection; `isClearing` is true while it asks whether to clear the log. */
export function useSessionMenu(connection: () => ConnectionId) {
  const connections = useConnections()
  const router = useRouter()
  const isClearing = shallowRef(false)

  const snapshot = computed(() => connections.get(connection()))
  const messageCount = computed(() => {
    const totals = snapshot.value?.totals
    return totals ? totals.stored + totals.published : 0
  })

  const items = computed((): MenuItem[] => [
    {
      label: t('connection.drop'),
      hint: t('connection.dropHint'),
      disabled: snapshot.value?.state.phase !== 'connected',
      run: () => connections.drop(connection()),
    },
    {
      label: t('connection.edit'),
      separated: true,
      run: () => void router.push({ name: 'edit', params: { connection: connection() } }),
    },
    {
      label: t('connection.duplicate'),
      run: () => void router.push({ name: 'new', query: { from: connection() } }),
    },
    {
      label: t('connection.clear'),
      tone: 'danger',
      separated: true,
      disabled: messageCount.value === 0,
      run: () => (isClearing.value = true),
    },
    { label: t('connection.delete'), tone: 'danger', run: remove },
  ])

  /** Shows the neighbour in the list instead, or the empty page when there is none. */
  function remove() {
    const at = connections.list.findIndex(({ profile }) => profile.id === connection())
    const neighbour = connections.list[at + 1] ?? connections.list[at - 1]
    const place = neighbour
      ? { name: 'connection', params: { connection: neighbour.profile.id } }
      : { name: 'home' }
    deleteConnection(connection())
    void router.replace(place)
  }

  return { items, isClearing, messageCount }
}
