import { computed, shallowRef } from 'vue'
import type { ConnectionId, SubscriptionId } from '@/core/id.ts'
import type { Subscription } from '@/core/subscription.ts'
import {
  blankFields,
  checkFields,
  fieldsOf,
  overlapping,
  subscriptionOf,
  type SubscriptionFields,
  type SubscriptionIssues,
} from '@/core/subscriptionForm.ts'
import { useConnections } from '@/stores/connections.ts'
import { freshSubscriptionId } from '@/stores/freshIds.ts'

/** The dialog's fields: those of `edited`, or of a new subscription, from the moment it opens. */
export function useSubscriptionForm(connection: ConnectionId, edited: SubscriptionId | undefined) {
  const connections = useConnections()
  const snapshot = computed(() => connections.get(connection))
  const subscriptions = computed(
    () => snapshot.value?.subscriptions.map(({ subscription }) => subscription) ?? [],
  )
  const original = subscriptions.value.find(({ id }) => id === edited)
  const others = computed(() => subscriptions.value.filter(({ id }) => id !== edited))

  const fields = shallowRef<SubscriptionFields>(
    original ? fieldsOf(original) : blankFields(others.value),
  )
  const hasTried = shallowRef(false)
  const version = computed(() => snapshot.value?.profile.version ?? '5.0')
  const limits = computed(() => {
    const state = snapshot.value?.state
    return state?.phase === 'connected' ? state.limits : undefined
  })
  const issues = computed(() =>
    checkFields(fields.value, {
      others: others.value,
      version: version.value,
      limits: limits.value,
    }),
  )
  /** A filter that is only not finished yet is no issue before it is confirmed. */
  const shownIssues = computed<SubscriptionIssues>(() => {
    const { filter, ...rest } = issues.value
    const isUnfinished = filter?.code === 'empty' || filter?.code === 'bad-share'
    return filter && (hasTried.value || !isUnfinished) ? { ...rest, filter } : rest
  })
  const overlaps = computed(() =>
    issues.value.filter ? [] : overlapping(fields.value.filter, others.value),
  )

  function edit(part: Partial<SubscriptionFields>) {
    fields.value = { ...fields.value, ...part }
  }

  /** The subscription that the fields describe; undefined, with the issues shown, when there are any. */
  function read(): Subscription | undefined {
    hasTried.value = true
    if (Object.keys(issues.value).length > 0) return undefined
    const id = original?.id ?? freshSubscriptionId()
    return subscriptionOf(fields.value, id, original?.enabled ?? true)
  }

  return { fields, version, limits, shownIssues, overlaps, edit, read }
}
