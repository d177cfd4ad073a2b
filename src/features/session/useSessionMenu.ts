import { computed, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import type { ConnectionId } from '@/core/id.ts'
import { t } from '@/i18n/translate.ts'
import { useConnections } from '@/stores/connections.ts'
import { deleteConnection } from '@/stores/deleteConnection.ts'
import type { MenuItem } from '@/ui/menuItem.ts'

/**
 * What `More` offers for a connection; `isClearing` is true while it asks whether to clear the log, and
 * `isEnding` while it asks what DISCONNECT shall say.
 */
export function useSessionMenu(connection: () => ConnectionId) {
  const connections = useConnections()
  const router = useRouter()
  const isClearing = shallowRef(false)
  const isEnding = shallowRef(false)

  const snapshot = computed(() => connections.get(connection()))
  const messageCount = computed(() => {
    const totals = snapshot.value?.totals
    return totals ? totals.stored + totals.published : 0
  })

  const isConnected = computed(() => snapshot.value?.state.phase === 'connected')
  const canSayWhy = computed(() => snapshot.value?.profile.version === '5.0')

  const items = computed((): MenuItem[] => [
    {
      label: t('connection.drop'),
      hint: t('connection.dropHint'),
      disabled: !isConnected.value,
      run: () => connections.drop(connection()),
    },
    ...(canSayWhy.value ? [disconnectWith()] : []),
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

  function disconnectWith(): MenuItem {
    return {
      label: t('connection.disconnectWith'),
      hint: t('connection.disconnectWithHint'),
      disabled: !isConnected.value,
      run: () => (isEnding.value = true),
    }
  }

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

  return { items, isClearing, isEnding, messageCount }
}
