import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchTopic } from '../src/core/topic.ts'
import { filterPath } from './filterPath.ts'
import type { Subscription } from './subscription.ts'
import { SubscriptionTree } from './subscriptionTree.ts'

function subscription(filter: string): Subscription {
  return { filter, qos: 0, noLocal: false, retainAsPublished: false, retainHandling: 0 }
}

/** Few and short levels, so that filters and topics meet often. */
const level = fc.constantFrom('a', 'b', '', '$s')
const topic = fc.array(level, { minLength: 1, maxLength: 4 }).map((levels) => levels.join('/'))
const filter = fc
  .tuple(
    fc.array(fc.oneof(level, fc.constant('+')), { minLength: 1, maxLength: 4 }),
    fc.constantFrom('', '', '/#'),
    fc.constantFrom('', '', '$share/g/', '$share/h/'),
  )
  .map(([levels, rest, share]) => share + levels.join('/') + rest)
  .filter((text) => filterPath(text) !== undefined)
const step = fc.record({ subscriber: fc.nat(3), filter, add: fc.boolean() })

/** Applies the steps to a tree and to a plain list of `[subscriber, filter]`. */
function build(steps: { subscriber: number; filter: string; add: boolean }[]) {
  const tree = new SubscriptionTree<number>()
  const list = new Set<string>()
  for (const { subscriber, filter: text, add } of steps) {
    const path = filterPath(text)
    if (path === undefined) continue
    if (add) {
      tree.add(path, subscriber, subscription(text))
      list.add(`${subscriber} ${text}`)
    } else {
      tree.remove(path, subscriber)
      list.delete(`${subscriber} ${text}`)
    }
  }
  return { tree, list: [...list] }
}

describe('the subscription tree', () => {
  test('[BR3] finds the same subscriptions as matching every filter by itself', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), topic, (steps, name) => {
        const { tree, list } = build(steps)
        const { direct, shared } = tree.match(name)
        const found = [...direct, ...shared.map((group) => [...group.members] as const).flat()]
          .flatMap(([subscriber, subscriptions]) =>
            [subscriptions].flat().map((one) => `${subscriber} ${one.filter}`),
          )
          .sort()
        const expected = list
          .filter((entry) => matchTopic(entry.slice(entry.indexOf(' ') + 1), name))
          .sort()
        expect(found).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })

  test('a filter that is subscribed again replaces the one before', () => {
    const tree = new SubscriptionTree<string>()
    tree.add({ levels: ['a'] }, 'one', subscription('a'))
    tree.add({ levels: ['a'] }, 'one', { ...subscription('a'), qos: 2 })
    expect(tree.match('a').direct.get('one')).toEqual([{ ...subscription('a'), qos: 2 }])
  })
})
