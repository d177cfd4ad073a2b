import type { SessionPhase } from '../core/session.ts'
import { t } from './translate.ts'

/** Why nothing can be sent now; undefined while there is a connection. */
export function describeOffline(phase: SessionPhase): string | undefined {
  if (phase === 'connected') return undefined
  return t(phase === 'disconnected' ? 'publish.notConnected' : 'publish.connecting')
}
