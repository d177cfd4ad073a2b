import type { ConnectionId } from '@/core/id.ts'
import { UNDO_WINDOW } from '@/engine/protocol.ts'
import { t } from '@/i18n/translate.ts'
import { useConnections } from './connections.ts'
import { useNotices } from './notices.ts'

/** Deletes a connection with its log and offers to bring it back, for as long as that is possible. */
export function deleteConnection(connection: ConnectionId): void {
  const connections = useConnections()
  const name = connections.get(connection)?.profile.name ?? ''
  connections.remove(connection)
  useNotices().show(
    {
      tone: 'info',
      title: t('app.connectionDeleted', { name }),
      action: { label: t('app.undo'), run: () => connections.restore(connection) },
    },
    UNDO_WINDOW,
  )
}
