import { unreachable } from '@/core/failure.ts'
import type { EngineEvent } from '@/engine/protocol.ts'
import { useBrokerStatus } from './brokerStatus.ts'
import { useConnections } from './connections.ts'
import { useEngine } from './engine.ts'
import { useMessages } from './messages.ts'
import { useNotices } from './notices.ts'
import { usePackets } from './packets.ts'
import { usePublishing } from './publishing.ts'
import { useSettings } from './settings.ts'
import { useUnacknowledged } from './unacknowledged.ts'

/** Takes every event of the engine to the store that keeps what it says. */
export function dispatch(event: EngineEvent): void {
  const engine = useEngine()
  const connections = useConnections()
  switch (event.type) {
    case 'welcome':
      useSettings().adopt(event.settings)
      connections.replaceAll(event.connections, event.lastConnected)
      useMessages().resume()
      usePackets().resume()
      useBrokerStatus().resume()
      usePublishing().abandon()
      useUnacknowledged().abandon()
      engine.health = 'running'
      return
    case 'pong':
      // A page that was frozen for long can take the engine for dead and then hear from it again.
      if (engine.health === 'silent') engine.health = 'running'
      return
    case 'occupied':
    case 'retired':
      engine.health = event.type
      return
    case 'broken':
      engine.health = 'broken'
      engine.detail = event.detail
      return
    case 'connectionSaved':
      connections.put(event.connection)
      return
    case 'connectionDeleted':
      connections.forget(event.connection)
      return
    case 'draftChanged':
      connections.changeDraft(event.connection, event.draft)
      return
    case 'stateChanged':
      connections.change(event.connection, { state: event.state })
      return
    case 'subscriptionsChanged':
      connections.change(event.connection, { subscriptions: event.subscriptions })
      return
    case 'unexplainedChanged':
      connections.change(event.connection, { unexplained: event.topics })
      return
    case 'totalsChanged':
      connections.changeTotals(event.totals)
      return
    case 'settingsChanged':
      useSettings().adopt(event.settings)
      return
    case 'published':
      usePublishing().settle(event.request, event.result)
      return
    case 'unacknowledgedChanged':
      connections.change(event.connection, { unacknowledged: event.seqs })
      return
    case 'sentAgain':
      useUnacknowledged().settle(event.request, event.failure)
      return
    case 'rows':
      useMessages().receive(event)
      return
    case 'payload':
      useMessages().settlePayload(event.request, event.payload)
      return
    case 'packets':
      usePackets().receive(event)
      return
    case 'brokerStatus':
      useBrokerStatus().receive(event)
      return
    case 'failed':
      useNotices().reportFailure(event.failure, event.connection)
      return
    default:
      unreachable(event)
  }
}
