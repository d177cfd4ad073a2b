import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { QoS } from '@/core/message.ts'
import type { Subscription } from '@/core/subscription.ts'
import {
  NOTHING_HELD,
  afterAskingForEnd,
  afterEnd,
  afterGrant,
  afterListChange,
  afterRefusal,
  endingOf,
  grantOf,
  planSync,
  wantedOf,
  type Held,
} from './subscriptionSync.ts'
import { testSubscription as subscription } from './testing/samples.ts'

const request = (qos: QoS, more: object = {}) => ({
  ...{ qos, noLocal: false, retainAsPublished: false, retainHandling: 0 as const },
  ...more,
})
const held = (filter: string, qos: QoS): Held => ({
  confirmed: [{ filter, request: request(qos), granted: qos }],
  toUnsubscribe: [],
})
const wanted = (...list: Subscription[]) => wantedOf(list, '5.0')

describe('what a list asks for', () => {
  test('[SU1] one request for each filter, with the highest QoS of its subscriptions', () => {
    const list = [
      subscription('a', { qos: 0, noLocal: true }),
      subscription('a', { qos: 1, retainHandling: 2 }),
      subscription('a', { qos: 1, retainHandling: 1 }),
    ]
    expect([...wanted(...list)]).toEqual([['a', request(1, { retainHandling: 2 })]])
  })

  test('[SU1] disabled subscriptions ask for nothing', () => {
    const list = [subscription('a', { qos: 2, enabled: false }), subscription('a', { qos: 0 })]
    expect([...wanted(...list)]).toEqual([['a', request(0)]])
  })

  test('[SU2] before MQTT 5 only the QoS is asked for', () => {
    const one = subscription('a', { qos: 1, noLocal: true, subscriptionIdentifier: 7 })
    expect([...wantedOf([one], '3.1.1')]).toEqual([['a', request(1)]])
    const options = { noLocal: true, subscriptionIdentifier: 7 }
    expect([...wanted(one)]).toEqual([['a', request(1, options)]])
  })
})

describe('the difference', () => {
  test.each([
    ['nothing is held', [subscription('a')], NOTHING_HELD, ['a'], []],
    ['it is held as it is wanted', [subscription('a')], held('a', 0), [], []],
    ['it is held with another QoS', [subscription('a', { qos: 1 })], held('a', 0), ['a'], []],
    ['it is held and not wanted', [], held('a', 0), [], ['a']],
    ['it was removed while offline', [], { confirmed: [], toUnsubscribe: ['a'] }, [], ['a']],
    [
      'it was removed and added again',
      [subscription('a')],
      { ...held('a', 0), toUnsubscribe: ['a'] },
      [],
      [],
    ],
  ])('[SU3] where %s', (_title, list, before, subscribe, unsubscribe) => {
    const plan = planSync(wanted(...list), before)
    expect(plan.subscribe.map(({ filter }) => filter)).toEqual(subscribe)
    expect(plan.unsubscribe).toEqual(unsubscribe)
  })

  test('[SU4] a filter that left the list is unsubscribed even without a known grant', () => {
    const before = [subscription('a'), subscription('b')]
    expect(afterListChange(NOTHING_HELD, before, before.slice(1)).toUnsubscribe).toEqual(['a'])
    const disabled = before.map((each) => ({ ...each, enabled: false }))
    expect(afterListChange(NOTHING_HELD, before, disabled).toUnsubscribe).toEqual(['a', 'b'])
  })

  test('[SU4] it stays subscribed while another subscription has the same filter', () => {
    const [one, other] = [subscription('a'), subscription('a', { qos: 1 })]
    const after = afterListChange(held('a', 1), [one, other], [one])
    expect(after.toUnsubscribe).toEqual([])
    expect(planSync(wanted(one), after).unsubscribe).toEqual([])
  })

  test('[SU5] a filter that is being unsubscribed no longer counts as held', () => {
    const asked = afterAskingForEnd(held('a', 0), ['a'])
    expect(asked).toEqual({ confirmed: [], toUnsubscribe: ['a'] })
    const again = afterListChange(asked, [], [subscription('a')])
    expect(planSync(wanted(subscription('a')), again).subscribe).toHaveLength(1)
  })
})

describe('what the broker said', () => {
  const one = subscription('a', { qos: 1 })
  const refusal = { request: request(1), grant: { state: 'refused', reasonCode: 0x87 } } as const

  test.each([
    ['granted as asked', held('a', 1), {}, { state: 'granted', qos: 1 }],
    ['granted for what was asked before', held('a', 0), {}, { state: 'pending' }],
    ['refused', NOTHING_HELD, { a: refusal }, refusal.grant],
    [
      'refused for something else',
      held('a', 1),
      { a: { ...refusal, request: request(0) } },
      { state: 'granted', qos: 1 },
    ],
    ['nothing yet', NOTHING_HELD, {}, { state: 'pending' }],
  ])('[SU6] %s', (_title, before, refused, expected) => {
    expect(grantOf(one, wanted(one), before, new Map(Object.entries(refused)))).toEqual(expected)
  })

  test('[SU6] both subscriptions of one filter have its grant', () => {
    const other = subscription('a', { qos: 0 })
    const grants = [one, other].map((each) =>
      grantOf(each, wanted(one, other), held('a', 1), new Map()),
    )
    expect(grants).toEqual([
      { state: 'granted', qos: 1 },
      { state: 'granted', qos: 1 },
    ])
  })
})

describe('the end of a disabled one', () => {
  const one = subscription('a', { enabled: false })
  const kept = { state: 'kept', reasonCode: 0x87 } as const
  const asked = { confirmed: [], toUnsubscribe: ['a'] }

  test.each([
    ['under way', asked, {}, { state: 'ending' }],
    ['not asked for yet', held('a', 0), {}, { state: 'ending' }],
    ['refused', asked, { a: kept }, kept],
    ['refused for another filter', asked, { b: kept }, { state: 'ending' }],
    ['confirmed', NOTHING_HELD, {}, { state: 'offline' }],
  ])('[SU9] %s', (_title, before, refused, expected) => {
    expect(endingOf(one, wanted(one), before, new Map(Object.entries(refused)))).toEqual(expected)
  })

  test('[SU9] there is none while an enabled one has the same filter', () => {
    const other = subscription('a')
    expect(endingOf(one, wanted(one, other), held('a', 0), new Map())).toEqual({ state: 'offline' })
  })
})

test('[SU7] whatever the user does and the broker answers, what is asked leads to what is wanted', () => {
  const filter = fc.constantFrom('a', 'b', 'c')
  const edit = fc.record({ filter, qos: fc.constantFrom<QoS>(0, 1, 2), enabled: fc.boolean() })
  const lists = fc.array(
    fc
      .array(edit, { maxLength: 4 })
      .map((all) => all.map((each) => subscription(each.filter, each))),
    { minLength: 1, maxLength: 8 },
  )
  fc.assert(
    fc.property(lists, fc.infiniteStream(fc.boolean()), (steps, online) => {
      let state = NOTHING_HELD
      let list: Subscription[] = []
      const broker = new Map<string, QoS>()
      const exchange = () => {
        const plan = planSync(wanted(...list), state)
        state = afterAskingForEnd(state, plan.unsubscribe)
        for (const each of plan.unsubscribe) {
          broker.delete(each)
          state = afterEnd(state, each)
        }
        for (const each of plan.subscribe) {
          broker.set(each.filter, each.request.qos)
          state = afterGrant(state, each.filter, each.request, each.request.qos)
        }
      }
      for (const next of steps) {
        state = afterListChange(state, list, next)
        list = next
        if (online.next().value) exchange()
      }
      exchange()
      const expected = [...wanted(...list)].map(([name, { qos }]) => [name, qos])
      expect([...broker].sort()).toEqual(expected.sort())
      expect(planSync(wanted(...list), state)).toEqual({ subscribe: [], unsubscribe: [] })
      expect(state.toUnsubscribe).toEqual([])
    }),
  )
})

test('[SU8] a refused change keeps the filter among those to unsubscribe', () => {
  const before = { ...held('a', 0), toUnsubscribe: ['a'] }
  expect(afterRefusal(before, 'a')).toEqual({ confirmed: [], toUnsubscribe: ['a'] })
})
