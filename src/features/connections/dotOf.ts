import type { ConnectionFailure } from '@/core/failure.ts'
import type { SessionState } from '@/core/session.ts'
import { t } from '@/i18n/translate.ts'

/** How the list marks a state: in a tone, and in the word that is the dot's accessible name. */
export type Dot = { tone: 'good' | 'busy' | 'off' | 'danger'; label: string }

/** The dot of a state. Between two tries a session is reconnecting, whether it waits or dials. */
export function dotOf(state: SessionState): Dot {
  switch (state.phase) {
    case 'connected':
      return { tone: 'good', label: t('app.list.connected') }
    case 'connecting':
      return { tone: 'busy', label: t('app.list.connecting') }
    case 'waiting':
    case 'reconnecting':
      return { tone: 'busy', label: t('app.list.reconnecting') }
    case 'disconnected':
      return {
        tone: isTrouble(state.failure) ? 'danger' : 'off',
        label: t('app.list.disconnected'),
      }
  }
}

/** A drop was asked for. */
function isTrouble(failure: ConnectionFailure | undefined): boolean {
  return failure !== undefined && failure.code !== 'dropped'
}
