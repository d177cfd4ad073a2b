import { expect, test } from 'vitest'
import { TopicMatcher } from './topicMatcher.ts'
import { testSubscription } from './testing/samples.ts'

test('[TX1] a topic belongs to all subscriptions that match, in the order of the list, disabled ones too', () => {
  const list = [
    testSubscription('b'),
    testSubscription('#'),
    testSubscription('a/+', { enabled: false }),
    testSubscription('$share/g/a/b'),
  ]
  const matcher = new TopicMatcher(list)
  const expected = list.slice(1).map(({ id }) => id)
  expect(matcher.match('a/b')).toEqual(expected)
  expect(matcher.match('a/b')).toBe(matcher.match('a/b'))
})

test('[TX2] more topics than are remembered are still matched', () => {
  const matcher = new TopicMatcher([testSubscription('t/#')])
  for (let n = 0; n < 20_001; n++) matcher.match(`t/${n}`)
  expect(matcher.match('t/0')).toHaveLength(1)
  expect(matcher.match('u')).toEqual([])
})

test('[TX3] a message with subscription identifiers came by the subscriptions that have them', () => {
  const one = testSubscription('a/#', { subscriptionIdentifier: 1 })
  const two = testSubscription('a/b', { subscriptionIdentifier: 2 })
  const without = testSubscription('#')
  const matcher = new TopicMatcher([one, two, without])
  expect(matcher.explain('a/b', [2])).toEqual([two.id])
  expect(matcher.explain('a/b', [2, 1])).toEqual([one.id, two.id])
  expect(matcher.explain('a/b', [])).toEqual([one.id, two.id, without.id])
  // Of a list that has changed since, the topic still tells.
  expect(matcher.explain('a/b', [9])).toEqual([one.id, two.id, without.id])
})
