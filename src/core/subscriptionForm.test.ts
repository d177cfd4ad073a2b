import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SubscriptionId } from './id.ts'
import { NO_LIMITS, type ServerLimits } from './session.ts'
import { SUBSCRIPTION_COLORS, type Subscription } from './subscription.ts'
import {
  blankFields,
  checkFields,
  fieldsOf,
  nextColor,
  overlapping,
  subscriptionOf,
  type SubscriptionContext,
  type SubscriptionFields,
} from './subscriptionForm.ts'

const id = '0123456789abcdef' as SubscriptionId
const blank = blankFields([])
const alone: SubscriptionContext = { others: [], version: '5.0' }
const everything: ServerLimits = NO_LIMITS

function subscription(filter: string, part: Partial<Subscription> = {}): Subscription {
  return { ...subscriptionOf({ ...blank, filter }, id, true), ...part }
}

function check(part: Partial<SubscriptionFields>, context: Partial<SubscriptionContext> = {}) {
  return checkFields({ ...blank, ...part }, { ...alone, ...context })
}

describe('the fields of a subscription', () => {
  test('[SF1] a new one asks for QoS 0', () => {
    expect(blank.qos).toBe(0)
    expect(check({ filter: 'sensor/+/temperature' })).toEqual({})
  })

  test('[SF2] a malformed filter is an issue of the filter', () => {
    expect(check({ filter: '' }).filter).toEqual({ code: 'empty' })
    expect(check({ filter: 'a/#/b' }).filter).toEqual({ code: 'misplaced-hash' })
    expect(check({ filter: '$share/g' }).filter).toEqual({ code: 'bad-share' })
  })

  test('[SF3] a filter that is already subscribed names the subscription that has it', () => {
    const other = subscription('a/+')
    expect(check({ filter: 'a/+' }, { others: [other] }).filter).toEqual({
      code: 'duplicate',
      other,
    })
    expect(check({ filter: 'a/b' }, { others: [other] })).toEqual({})
  })

  test('[SF4] what the connected broker does not support is an issue, and only while connected', () => {
    const limits = { ...everything, wildcardAvailable: false, sharedAvailable: false }
    expect(check({ filter: 'a/+' }, { limits }).filter?.code).toBe('wildcards-not-supported')
    expect(check({ filter: '$share/g/a' }, { limits }).filter?.code).toBe('shared-not-supported')
    expect(check({ filter: 'a/b' }, { limits })).toEqual({})
    expect(check({ filter: 'a/+' })).toEqual({})
    const shared = { ...everything, wildcardAvailable: false }
    expect(check({ filter: '$share/g/a' }, { limits: shared })).toEqual({})
  })

  test.each(['0', '268435456', '-1', '1.5', '1e3', 'one', '99999999999'])(
    '[SF5] a subscription identifier is a whole number from 1 to 268,435,455, so not %s',
    (typed) => {
      const issues = check({ filter: 'a', subscriptionIdentifier: typed })
      expect(issues.subscriptionIdentifier).toEqual({ code: 'out-of-range' })
    },
  )

  test.each(['', ' ', '1', ' 7 ', '268435455'])(
    '[SF5] a subscription identifier may be empty or within its range: %j',
    (typed) => {
      expect(check({ filter: 'a', subscriptionIdentifier: typed })).toEqual({})
    },
  )

  test('[SF6] before MQTT 5 the identifier is not judged, for it is not sent', () => {
    expect(check({ filter: 'a', subscriptionIdentifier: '0' }, { version: '3.1.1' })).toEqual({})
  })

  test('[SF4] an identifier that the broker does not take is an issue of its field', () => {
    const limits = { ...everything, subscriptionIdentifiersAvailable: false }
    const issues = check({ filter: 'a', subscriptionIdentifier: '7' }, { limits })
    expect(issues.subscriptionIdentifier).toEqual({ code: 'identifiers-not-supported' })
    expect(check({ filter: 'a' }, { limits })).toEqual({})
  })

  test('[SF7] a shared subscription is never No Local', () => {
    const fields = { ...blank, noLocal: true }
    expect(subscriptionOf({ ...fields, filter: '$share/g/a' }, id, true).noLocal).toBe(false)
    expect(subscriptionOf({ ...fields, filter: 'a' }, id, true).noLocal).toBe(true)
  })

  test('[SF8] a subscription shown in the fields and read back is the same', () => {
    const boolean = fc.boolean()
    const subscriptions: fc.Arbitrary<Subscription> = fc
      .record({
        id: fc.constant(id),
        filter: fc.constantFrom('a', 'a/+/b', ' a ', '#'),
        qos: fc.constantFrom(0 as const, 1 as const, 2 as const),
        color: fc.constantFrom(...SUBSCRIPTION_COLORS),
        alias: fc.constantFrom('', 'Temperatures'),
        enabled: boolean,
        noLocal: boolean,
        retainAsPublished: boolean,
        retainHandling: fc.constantFrom(0 as const, 1 as const, 2 as const),
        subscriptionIdentifier: fc.option(fc.integer({ min: 1, max: 268_435_455 })),
      })
      .map(({ subscriptionIdentifier, ...rest }) => ({
        ...rest,
        ...(subscriptionIdentifier !== null && { subscriptionIdentifier }),
      }))
    fc.assert(
      fc.property(subscriptions, (one) => {
        expect(checkFields(fieldsOf(one), alone)).toEqual({})
        expect(subscriptionOf(fieldsOf(one), one.id, one.enabled)).toEqual(one)
      }),
    )
  })
})

describe('beside other subscriptions', () => {
  test('[SF9] the next colour is unused while one is, and then among the least used', () => {
    const used: Subscription[] = []
    for (const color of SUBSCRIPTION_COLORS) {
      expect(nextColor(used)).toBe(color)
      used.push(subscription('a', { color }))
    }
    expect(nextColor(used)).toBe(SUBSCRIPTION_COLORS[0])
    expect(nextColor(used.slice(0, 2))).toBe(SUBSCRIPTION_COLORS[2])
  })

  test('[SF10] an overlap is told of enabled subscriptions, and never of a malformed filter', () => {
    const one = subscription('sensor/#')
    const off = subscription('sensor/+/temperature', { enabled: false })
    const others = [one, off, subscription('other')]
    expect(overlapping('sensor/1/temperature', others)).toEqual([one])
    expect(overlapping('sensor/#/x', others)).toEqual([])
    expect(overlapping('', others)).toEqual([])
  })
})
