import { describe, expect, test } from 'vitest'
import type { SubscriptionFailure } from '@/core/failure.ts'
import type { Subscription } from '@/core/subscription.ts'
import type { Subscriptions } from '@/storage/schema.ts'
import { SubscriptionKeeper } from './subscriptionKeeper.ts'
import { testSubscription as subscription } from './testing/samples.ts'
import type { SubscribeAnswer, UnsubscribeAnswer, Wire } from './wire/wire.ts'

type Asked =
  | { type: 'subscribe'; filters: string[]; answer: (all: SubscribeAnswer[]) => void }
  | { type: 'unsubscribe'; filters: string[]; answer: (all: UnsubscribeAnswer[]) => void }

/** A wire whose answers come when the test gives them. */
class Questions implements Pick<Wire, 'subscribe' | 'unsubscribe'> {
  readonly asked: Asked[] = []

  subscribe: Wire['subscribe'] = (requests) =>
    new Promise((answer) => {
      this.asked.push({ type: 'subscribe', filters: requests.map(({ filter }) => filter), answer })
    })

  unsubscribe: Wire['unsubscribe'] = (requests) =>
    new Promise((answer) => {
      const filters = requests.map(({ filter }) => filter)
      this.asked.push({ type: 'unsubscribe', filters, answer })
    })

  /** What was asked since this was called last, as text. */
  news(): string[] {
    return this.asked.splice(0).map(({ type, filters }) => `${type} ${filters.join(' ')}`)
  }

  /** Answers the oldest question. */
  async answer(...all: (SubscribeAnswer | UnsubscribeAnswer)[]): Promise<string> {
    const [oldest] = this.asked.splice(0, 1)
    oldest?.answer(all as never)
    await new Promise(setImmediate)
    return `${oldest?.type} ${oldest?.filters.join(' ')}`
  }
}

function setup(list: Subscription[] = [], held: Partial<Subscriptions> = {}) {
  const saved: Subscriptions[] = []
  const told: SubscriptionFailure[] = []
  const keeper = new SubscriptionKeeper({
    subscriptions: { list, confirmed: [], toUnsubscribe: [], ...held },
    save: (subscriptions) => saved.push(structuredClone(subscriptions)),
    onChanged: () => undefined,
    onKept: (failure) => told.push(failure),
    onUnexpected: (error) => {
      throw error
    },
  })
  const wire = new Questions()
  const grants = () => keeper.statuses().map(({ grant }) => grant.state)
  return { keeper, wire, saved, told, grants, last: () => saved.at(-1) }
}

const granted = { state: 'granted', qos: 0 } as const
const confirmed = { state: 'confirmed' } as const
const notAuthorized = { state: 'refused', reasonCode: 0x87, reasonString: 'Not this one' } as const

test('[SK8] what the broker is to keep is remembered with what it holds, and void with it', () => {
  const { keeper, wire, last } = setup()
  const kept = { state: 'kept' } as const
  keeper.connected(wire, '5.0', false, kept)
  expect(last()).toMatchObject({ left: kept })
  keeper.disconnected({ ...kept, expiresAt: 9 })
  expect(keeper.left).toEqual({ ...kept, expiresAt: 9 })
  expect(last()).toMatchObject({ left: { ...kept, expiresAt: 9 } })
  keeper.forgetSession()
  expect(keeper.left).toBeUndefined()
  expect(last()).not.toHaveProperty('left')
  keeper.connected(wire, '5.0', false, kept)
  keeper.forgetSession()
  expect(last()).not.toHaveProperty('left')
  keeper.disconnected(kept)
  expect(keeper.left).toBeUndefined()
  expect(last()).not.toHaveProperty('left')
  expect(setup([], { left: kept }).keeper.left).toEqual(kept)
})

describe('after CONNACK', () => {
  test('[SK1] everything enabled is asked for in one go where there is no session', async () => {
    const list = [subscription('a'), subscription('b', { enabled: false }), subscription('c')]
    const { keeper, wire, grants } = setup(list)
    expect(grants()).toEqual(['offline', 'offline', 'offline'])
    keeper.connected(wire, '5.0', false)
    expect(grants()).toEqual(['pending', 'offline', 'pending'])
    expect(await wire.answer(granted, { state: 'refused', reasonCode: 0x87 })).toBe('subscribe a c')
    expect(grants()).toEqual(['granted', 'offline', 'refused'])
    keeper.disconnected()
    expect(grants()).toEqual(['offline', 'offline', 'offline'])
  })

  test('[SK1] only the difference is asked for where the session was kept', async () => {
    const [a, b] = [subscription('a'), subscription('b')]
    const { keeper, wire, grants, last } = setup([a, b])
    keeper.connected(wire, '5.0', false)
    await wire.answer(granted, granted)
    keeper.disconnected()
    keeper.remove(a.id)
    keeper.save(subscription('c'))
    keeper.connected(wire, '5.0', true)
    expect(grants()).toEqual(['granted', 'pending'])
    expect(await wire.answer(confirmed)).toBe('unsubscribe a')
    expect(await wire.answer(granted)).toBe('subscribe c')
    expect(last()?.confirmed.map(({ filter }) => filter)).toEqual(['b', 'c'])
    expect(last()?.toUnsubscribe).toEqual([])
  })

  test('[SK2] a refusal is asked for again with the next connection, and not before', async () => {
    const { keeper, wire } = setup([subscription('a')])
    keeper.connected(wire, '5.0', false)
    await wire.answer({ state: 'refused', reasonCode: 0x87 })
    keeper.save(subscription('b'))
    expect(wire.news()).toEqual(['subscribe b'])
    keeper.disconnected()
    keeper.connected(wire, '5.0', false)
    expect(wire.news()).toEqual(['subscribe a b'])
  })

  test('[SK2] a refusal is asked for again when its subscription is saved as it is', async () => {
    const a = subscription('a')
    const { keeper, wire, grants } = setup([a])
    keeper.connected(wire, '5.0', false)
    await wire.answer({ state: 'refused', reasonCode: 0x87 })
    keeper.save(a)
    expect(grants()).toEqual(['pending'])
    expect(await wire.answer(granted)).toBe('subscribe a')
    expect(grants()).toEqual(['granted'])
  })
})

describe('a change while connected', () => {
  test('[SK3] of the filter ends the old one and asks for the new one', async () => {
    const a = subscription('a')
    const { keeper, wire } = setup([a])
    keeper.connected(wire, '5.0', false)
    await wire.answer(granted)
    keeper.save({ ...a, filter: 'b' })
    expect(wire.news()).toEqual(['unsubscribe a', 'subscribe b'])
  })

  test('[SK3] of colour or alias asks for nothing', async () => {
    const a = subscription('a')
    const { keeper, wire } = setup([a])
    keeper.connected(wire, '5.0', false)
    await wire.answer(granted)
    keeper.save({ ...a, color: 'red', alias: 'Thermometer' })
    expect(wire.news()).toEqual([])
    expect(keeper.list).toMatchObject([{ id: a.id, color: 'red' }])
  })

  test('[SK4] waits for the answer to the question before it about the same filter', async () => {
    const a = subscription('a')
    const { keeper, wire, grants } = setup([a])
    keeper.connected(wire, '5.0', false)
    keeper.save({ ...a, enabled: false })
    keeper.save({ ...a, qos: 2 })
    keeper.save(subscription('other'))
    expect(wire.asked.map(({ filters }) => filters)).toEqual([['a'], ['other']])
    await wire.answer(granted)
    expect(grants()).toEqual(['pending', 'pending'])
    await wire.answer(granted)
    expect(await wire.answer({ state: 'granted', qos: 2 })).toBe('subscribe a')
    expect(grants()).toEqual(['granted', 'granted'])
  })

  test('[SK4] a filter that is removed and added again while UNSUBSCRIBE is under way comes back', async () => {
    const a = subscription('a')
    const { keeper, wire, grants } = setup([a])
    keeper.connected(wire, '5.0', false)
    await wire.answer(granted)
    keeper.remove(a.id)
    keeper.save(a)
    expect(await wire.answer(confirmed)).toBe('unsubscribe a')
    expect(await wire.answer(granted)).toBe('subscribe a')
    expect(grants()).toEqual(['granted'])
  })

  test('[SK5] removing one of two with the same filter leaves the other alone', async () => {
    const [one, other] = [subscription('a'), subscription('a')]
    const { keeper, wire, grants } = setup([one, other])
    keeper.connected(wire, '5.0', false)
    await wire.answer(granted)
    keeper.remove(one.id)
    expect(wire.news()).toEqual([])
    expect(grants()).toEqual(['granted'])
  })
})

describe('what is kept', () => {
  test('[SK6] a filter whose UNSUBSCRIBE was not answered is still to be ended', async () => {
    const a = subscription('a')
    const { keeper, wire, last } = setup([a])
    keeper.connected(wire, '5.0', false)
    await wire.answer(granted)
    keeper.remove(a.id)
    await wire.answer({ state: 'unanswered' })
    keeper.disconnected()
    expect(last()).toMatchObject({ confirmed: [], toUnsubscribe: ['a'] })
    keeper.connected(wire, '5.0', true)
    expect(wire.news()).toEqual(['unsubscribe a'])
  })

  test('[SK7] is void for another broker or client id, at once on the disk, later in the session', async () => {
    const a = subscription('a')
    const { keeper, wire, last, grants } = setup([a])
    keeper.connected(wire, '5.0', false)
    await wire.answer(granted)
    keeper.forgetSession()
    expect(last()).toMatchObject({ list: [a], confirmed: [] })
    expect(grants()).toEqual(['granted'])
    keeper.disconnected()
    keeper.connected(wire, '5.0', true)
    expect(wire.news()).toEqual(['subscribe a'])
  })
})

describe('an end that the broker refuses', () => {
  async function refused() {
    const a = subscription('a')
    const all = setup([a])
    all.keeper.connected(all.wire, '5.0', false)
    await all.wire.answer(granted)
    const disabled = { ...a, enabled: false }
    all.keeper.save(disabled)
    expect(all.grants()).toEqual(['ending'])
    expect(await all.wire.answer(notAuthorized)).toBe('unsubscribe a')
    expect(all.grants()).toEqual(['kept'])
    return { ...all, a, disabled }
  }

  test('[SK9] is asked for again when its subscription is saved as it is, and not before', async () => {
    const { keeper, wire, grants, told, disabled, last } = await refused()
    keeper.save(subscription('b', { enabled: false }))
    expect(wire.news()).toEqual([])
    keeper.save(disabled)
    expect(grants()).toEqual(['ending', 'offline'])
    expect(await wire.answer(confirmed)).toBe('unsubscribe a')
    expect(grants()).toEqual(['offline', 'offline'])
    expect(last()?.toUnsubscribe).toEqual([])
    expect(told).toEqual([])
  })

  test('[SK9] is asked for again with the next connection', async () => {
    const { keeper, wire, grants } = await refused()
    keeper.disconnected()
    expect(grants()).toEqual(['offline'])
    keeper.connected(wire, '5.0', true)
    expect(wire.news()).toEqual(['unsubscribe a'])
    expect(grants()).toEqual(['ending'])
  })

  test('[SK9] is forgotten with a SUBSCRIBE, so that the next end is asked for', async () => {
    const { keeper, wire, grants, a, disabled } = await refused()
    keeper.save(a)
    expect(await wire.answer(granted)).toBe('subscribe a')
    expect(grants()).toEqual(['granted'])
    keeper.save(disabled)
    expect(wire.news()).toEqual(['unsubscribe a'])
  })

  test('[SK9] is asked for again when its subscription is removed or gets another filter', async () => {
    const one = await refused()
    one.keeper.remove(one.a.id)
    expect(one.wire.news()).toEqual(['unsubscribe a'])
    const other = await refused()
    other.keeper.save({ ...other.disabled, filter: 'b' })
    expect(other.wire.news()).toEqual(['unsubscribe a'])
  })

  test('[SK10] is told where no subscription of the list is left to show it', async () => {
    const { keeper, wire, told, a } = await refused()
    expect(told).toEqual([])
    keeper.remove(a.id)
    await wire.answer(notAuthorized)
    expect(told).toEqual([
      { code: 'unsubscribe-refused', filter: 'a', reasonCode: 0x87, reasonString: 'Not this one' },
    ])
  })

  test('[SK10] leaves its messages to be seen as what nobody asks for', async () => {
    const { keeper, wire, a } = await refused()
    keeper.remove(a.id)
    expect(keeper.mayBring('a')).toBe(true)
    await wire.answer(notAuthorized)
    expect(keeper.mayBring('a')).toBe(false)
  })

  test('[SK10] is not told of the status, which no user has subscribed to', async () => {
    const { keeper, wire, told } = setup()
    keeper.connected(wire, '5.0', false)
    keeper.setStatusWanted(true)
    await wire.answer(granted)
    keeper.setStatusWanted(false)
    expect(await wire.answer(notAuthorized)).toBe('unsubscribe $SYS/#')
    expect(told).toEqual([])
  })
})
