import { effectScope, watch } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import { coverageOf } from '@/core/requests/responseTopic.ts'
import type { Grant, Subscription, SubscriptionStatus } from '@/core/subscription.ts'
import { blankFields, subscriptionOf } from '@/core/subscriptionForm.ts'
import { t } from '@/i18n/translate.ts'
import { useConnections } from '@/stores/connections.ts'
import { freshSubscriptionId } from '@/stores/freshIds.ts'

/** Why no subscription covers a topic; `gone`: the user has removed or disabled it meanwhile. */
export type Uncovered = Extract<Grant, { state: 'refused' | 'offline' }> | { state: 'gone' }

/**
 * Sees to it that the messages of a topic come: where no subscription covers it, one is added to the
 * user's list, or the one for exactly this topic is enabled or asked for again. Resolves when the broker
 * has granted it, or with the reason why it has not. Goes on when the pane that asked is left.
 */
export async function coverTopic(
  connection: ConnectionId,
  topic: string,
): Promise<{ state: 'granted' } | Uncovered> {
  const connections = useConnections()
  const statuses = () => connections.get(connection)?.subscriptions ?? []
  const isOffline = () => connections.get(connection)?.state.phase !== 'connected'
  const coverage = () => coverageOf(statuses(), topic)
  const own = () => statuses().find(({ subscription }) => subscription.filter === topic)

  await until(() => isOffline() || coverage() !== 'pending')
  if (isOffline()) return { state: 'offline' }
  if (coverage() === 'granted') return { state: 'granted' }

  const before = own()
  const wanted: Subscription = before
    ? { ...before.subscription, enabled: true }
    : subscriptionOf(
        {
          ...blankFields(statuses().map(({ subscription }) => subscription)),
          ...{ filter: topic, qos: 1, alias: t('request.alias') },
        },
        freshSubscriptionId(),
        true,
      )
  connections.saveSubscription(connection, wanted)
  await until(() => isOffline() || isAsked(before, own()))
  await until(() => isOffline() || coverage() !== 'pending')
  if (isOffline()) return { state: 'offline' }
  if (coverage() === 'granted') return { state: 'granted' }
  const grant = own()?.grant
  return grant?.state === 'refused' ? grant : { state: 'gone' }
}

/** Whether the engine has taken the wish in: what it said before is not the answer to it. */
function isAsked(
  before: SubscriptionStatus | undefined,
  now: SubscriptionStatus | undefined,
): boolean {
  // One that was there and is not has been removed by the user.
  if (!now) return before !== undefined
  const wasRefused = before?.grant.state === 'refused'
  return now.subscription.enabled && !(wasRefused && now.grant.state === 'refused')
}

/** Resolves when it is so. Each change is looked at, also when two come within one turn. */
function until(isSo: () => boolean): Promise<void> {
  if (isSo()) return Promise.resolve()
  return new Promise((resolve) => {
    const scope = effectScope(true)
    const look = (so: boolean) => {
      if (!so) return
      scope.stop()
      resolve()
    }
    scope.run(() => watch(isSo, look, { flush: 'sync' }))
  })
}
