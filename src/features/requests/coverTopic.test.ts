import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SubscriptionId } from '@/core/id.ts'
import type { Subscription } from '@/core/subscription.ts'
import { blankFields, subscriptionOf } from '@/core/subscriptionForm.ts'
import { coverTopic } from './coverTopic.ts'
import { describeUncovered } from './describeUncovered.ts'
import { ID, openConnection, say, sayList, sayState } from './testing/openConnection.ts'

const TOPIC = 'answers/me'
const existing: Subscription = subscriptionOf(
  { ...blankFields([]), filter: TOPIC },
  '00000000000000aa' as SubscriptionId,
  true,
)
const granted = { state: 'granted', qos: 1 } as const
const refused = { state: 'refused', reasonCode: 0x87, reasonString: 'not yours' } as const

let saved: Subscription[]

beforeEach(() => {
  saved = []
  setActivePinia(createPinia())
  openConnection((command) => {
    if (command.type !== 'saveSubscription') return
    saved.push(command.subscription)
    say(command.subscription, { state: 'pending' })
  })
})

/** What has been answered by now. */
async function soFar(covered: ReturnType<typeof coverTopic>) {
  await new Promise(setImmediate)
  return Promise.race([covered, Promise.resolve('nothing')])
}

describe('seeing to a subscription', () => {
  test('[RQ6] one that is granted and covers the topic is enough', async () => {
    say({ ...existing, filter: 'answers/#' }, granted)
    expect(await coverTopic(ID, TOPIC)).toEqual({ state: 'granted' })
    expect(saved).toEqual([])
  })

  test('[RQ6] where none covers it, one is added and waited for', async () => {
    say({ ...existing, filter: 'other' }, granted)
    const covered = coverTopic(ID, TOPIC)
    expect(await soFar(covered)).toBe('nothing')
    expect(saved).toMatchObject([{ filter: TOPIC, alias: 'Answers', qos: 1, enabled: true }])
    const [added] = saved
    if (added) say(added, granted)
    expect(await covered).toEqual({ state: 'granted' })
  })

  test('[RQ6] one that is being asked for is waited for, and its refusal leads to one of ours', async () => {
    const wide = { ...existing, filter: '#' }
    say(wide, { state: 'pending' })
    const covered = coverTopic(ID, TOPIC)
    expect(await soFar(covered)).toBe('nothing')
    expect(saved).toEqual([])
    say(wide, refused)
    await soFar(covered)
    const [added] = saved
    if (added) say(added, granted)
    expect(await covered).toEqual({ state: 'granted' })
    expect(added?.filter).toBe(TOPIC)
  })

  test('[RQ6] one for exactly this topic is enabled instead of added twice', async () => {
    say({ ...existing, enabled: false }, { state: 'offline' })
    const covered = coverTopic(ID, TOPIC)
    await soFar(covered)
    say(existing, granted)
    expect(await covered).toEqual({ state: 'granted' })
    expect(saved).toEqual([existing])
  })

  test('[RQ6] one that was refused before is asked for again, and its old refusal is no answer', async () => {
    say(existing, refused)
    const covered = coverTopic(ID, TOPIC)
    await soFar(covered)
    expect(saved).toEqual([existing])
    say(existing, { state: 'refused', reasonCode: 0x80 })
    expect(await covered).toEqual({ state: 'refused', reasonCode: 0x80 })
  })

  test('[RQ6] a subscription that is removed meanwhile is waited for no longer', async () => {
    const covered = coverTopic(ID, TOPIC)
    await soFar(covered)
    sayList([])
    expect(await covered).toEqual({ state: 'gone' })
  })

  test('[RQ6] a connection that ends meanwhile is waited for no longer', async () => {
    const covered = coverTopic(ID, TOPIC)
    await soFar(covered)
    sayState({ phase: 'disconnected' })
    expect(await covered).toEqual({ state: 'offline' })
    expect(await coverTopic(ID, TOPIC)).toEqual({ state: 'offline' })
    expect(saved).toHaveLength(1)
  })

  test('[RQ6] what is said of it names the reason and the broker’s words', () => {
    const words = describeUncovered(refused)
    expect(words).toMatch(
      /^The broker refused the subscription: Not authorized\. Nothing was sent\. /,
    )
    expect(words).toContain('“not yours”')
    expect(describeUncovered({ state: 'gone' })).toContain('Nothing was sent.')
  })
})
