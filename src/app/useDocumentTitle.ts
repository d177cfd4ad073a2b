import { watchEffect } from 'vue'
import { useConnections } from '@/stores/connections.ts'
import { useSite } from '@/stores/site.ts'
import { useOpenConnection } from './useOpenConnection.ts'

/** Keeps the document's title at the open connection's name and the site's title. */
export function useDocumentTitle(): void {
  const connections = useConnections()
  const site = useSite()
  const connection = useOpenConnection()
  watchEffect(() => {
    const name = connection.value && connections.get(connection.value)?.profile.name
    document.title = name ? `${name} · ${site.title}` : site.title
  })
}
