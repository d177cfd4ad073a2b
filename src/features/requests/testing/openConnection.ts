import { vi } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import { NO_LIMITS, type ServerLimits, type SessionState } from '@/core/session.ts'
import type { Grant, Subscription, SubscriptionStatus } from '@/core/subscription.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import { useConnections } from '@/stores/connections.ts'
import { useEngine } from '@/stores/engine.ts'

export const ID = '0123456789abcdef' as ConnectionId

const BROKER = { scheme: 'ws', host: 'localhost', port: 9001, path: '/mqtt' } as const

type Command = Parameters<ReturnType<typeof useEngine>['send']>[0]

/** A connected connection in the stores, which are to be fresh; `onCommand` hears what is sent to the engine. */
export function openConnection(
  onCommand: (command: Command) => void,
  limits: Partial<ServerLimits> = {},
): void {
  vi.spyOn(useEngine(), 'send').mockImplementation(onCommand)
  useConnections().put({
    profile: { ...newProfile(ID, 'me', BROKER, 0), name: 'Asking' },
    state: connected(limits),
    subscriptions: [],
    draft: BLANK_DRAFT,
    unexplained: [],
    unacknowledged: [],
    totals: NO_TOTALS,
  })
}

/** The engine says how it stands with the connection. */
export function sayState(state: SessionState): void {
  useConnections().change(ID, { state })
}

/** The engine says what the list of subscriptions is now. */
export function sayList(subscriptions: SubscriptionStatus[]): void {
  useConnections().change(ID, { subscriptions })
}

/** The engine says of one subscription what the broker said; one that is not in the list is added. */
export function say(subscription: Subscription, grant: Grant): void {
  const others = useConnections().get(ID)?.subscriptions ?? []
  const isOther = (status: SubscriptionStatus) => status.subscription.id !== subscription.id
  sayList([...others.filter(isOther), { subscription, grant }])
}

function connected(limits: Partial<ServerLimits>): SessionState {
  return {
    phase: 'connected',
    since: 0,
    story: { origin: 'clean' },
    limits: { ...NO_LIMITS, ...limits },
  }
}
