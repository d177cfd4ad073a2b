import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId, SubscriptionId } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import type { Subscription } from '@/core/subscription.ts'
import { blankFields, subscriptionOf } from '@/core/subscriptionForm.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import { useConnections } from '@/stores/connections.ts'
import { describeRefusal } from './describeRefusal.ts'
import { useSubscriptionForm } from './useSubscriptionForm.ts'

const id = '0123456789abcdef' as ConnectionId
const broker = { scheme: 'ws', host: 'localhost', port: 9001, path: '/mqtt' } as const
const existing: Subscription = subscriptionOf(
  { ...blankFields([]), filter: 'sensor/#', alias: 'Sensors' },
  '00000000000000aa' as SubscriptionId,
  false,
)

beforeEach(() => {
  setActivePinia(createPinia())
  useConnections().put({
    profile: newProfile(id, 'client', broker, 0),
    state: { phase: 'disconnected' },
    subscriptions: [{ subscription: existing, grant: { state: 'offline' } }],
    draft: BLANK_DRAFT,
    unexplained: [],
    unacknowledged: [],
    totals: NO_TOTALS,
  })
})

describe('the subscription dialog', () => {
  test('[SF11] a filter that is only not finished is no issue before it is confirmed', () => {
    const form = useSubscriptionForm(id, undefined)
    for (const filter of ['', '$share/group']) {
      form.edit({ filter })
      expect(form.shownIssues.value).toEqual({})
    }
    form.edit({ filter: 'a+' })
    expect(form.shownIssues.value).toEqual({ filter: { code: 'misplaced-plus' } })
    form.edit({ filter: '' })
    expect(form.read()).toBeUndefined()
    expect(form.shownIssues.value).toEqual({ filter: { code: 'empty' } })
  })

  test('[SF12] a new subscription has an id of its own and is enabled', () => {
    const form = useSubscriptionForm(id, undefined)
    form.edit({ filter: 'a' })
    const one = form.read()
    const other = form.read()
    expect(one).toMatchObject({ filter: 'a', qos: 0, color: 'violet', enabled: true })
    expect(one?.id).toMatch(/^[0-9a-f]{16}$/)
    expect(one?.id).not.toBe(other?.id)
  })

  test('[SF12] an edited one keeps its id and stays disabled, and is no duplicate of itself', () => {
    const form = useSubscriptionForm(id, existing.id)
    form.edit({ qos: 1 })
    expect(form.read()).toEqual({ ...existing, qos: 1 })
  })
})

describe('a refusal', () => {
  test('[SF13] is told with the name of its reason and in the words of the broker', () => {
    const grant = { state: 'refused', reasonCode: 0x87, reasonString: 'not for you' } as const
    expect(describeRefusal(grant, '5.0')).toEqual({
      title: 'Refused: Not authorized',
      text: 'The broker’s access rules do not let this user subscribe to it. Code 135 (0x87), MQTT 5.0 §3.9.3. The broker says: “not for you”.',
    })
    const unnamed = describeRefusal({ state: 'refused', reasonCode: 0x80 }, '3.1.1')
    expect(unnamed?.title).toBe('Refused: Failure')
    expect(unnamed?.text).toContain('gives no reason')
    expect(unnamed?.text).toContain('Code 128 (0x80), MQTT 3.1.1 §3.9.3.')
    expect(describeRefusal({ state: 'pending' }, '5.0')).toBeUndefined()
  })

  test('[SF13] of the end of a subscription is told as such', () => {
    const words = describeRefusal({ state: 'kept', reasonCode: 0x87 }, '5.0')
    expect(words?.title).toBe('Unsubscribe refused: Not authorized')
    expect(words?.text).toContain('Code 135 (0x87), MQTT 5.0 §3.11.3.')
    expect(describeRefusal({ state: 'ending' }, '5.0')).toBeUndefined()
  })
})
