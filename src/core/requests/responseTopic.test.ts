import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { SubscriptionId } from '../id.ts'
import { NO_LIMITS } from '../session.ts'
import type { Grant, Subscription, SubscriptionStatus } from '../subscription.ts'
import { blankFields, subscriptionOf } from '../subscriptionForm.ts'
import { topicIssue } from '../topic.ts'
import { coverageOf, defaultResponseTopic, responseTopicIssue } from './responseTopic.ts'

function status(
  filter: string,
  state: Grant['state'],
  part: Partial<Subscription> = {},
): SubscriptionStatus {
  const fields = { ...blankFields([]), filter }
  const subscription = { ...subscriptionOf(fields, filter as SubscriptionId, true), ...part }
  const grants: Record<Grant['state'], Grant> = {
    offline: { state: 'offline' },
    pending: { state: 'pending' },
    granted: { state: 'granted', qos: 0 },
    refused: { state: 'refused', reasonCode: 0x87 },
  }
  return { subscription, grant: grants[state] }
}

describe('the default response topic', () => {
  test('[RQ7] is below the Response Information, with the client id that the server assigned', () => {
    expect(defaultResponseTopic(undefined, 'me')).toBe('mqtab/answers/me')
    const limits = { ...NO_LIMITS, responseInformation: 'answers/to' }
    expect(defaultResponseTopic(limits, 'me')).toBe('answers/to/me')
    const slashed = { ...limits, responseInformation: 'answers/to/' }
    expect(defaultResponseTopic(slashed, 'me')).toBe('answers/to/me')
    const assigned = { ...NO_LIMITS, assignedClientId: 'given' }
    expect(defaultResponseTopic(assigned, '')).toBe('mqtab/answers/given')
    expect(defaultResponseTopic(undefined, '')).toBe('mqtab/answers')
  })

  test('[RQ7] is a valid topic name whatever the client id is', () => {
    const unit = fc.constantFrom('a', '/', '$', '+', '#', '\0', 'é', '\ud83d', '\ude00')
    fc.assert(
      fc.property(fc.string({ unit }), (clientId) => {
        expect(topicIssue(defaultResponseTopic(undefined, clientId))).toBeUndefined()
      }),
    )
    expect(defaultResponseTopic(undefined, 'a+b#\0\ud800')).toBe('mqtab/answers/a_b___')
  })
})

test('[RQ9] a response topic is a topic name, not shared, and not the topic of the request', () => {
  expect(responseTopicIssue('r', 'ask')).toBeUndefined()
  expect(responseTopicIssue('', 'ask')).toEqual({ code: 'empty' })
  expect(responseTopicIssue('r/#', 'ask')).toEqual({ code: 'wildcard-in-topic', wildcard: '#' })
  expect(responseTopicIssue('$share/group/r', 'ask')).toEqual({ code: 'shared' })
  expect(responseTopicIssue('ask', 'ask')).toEqual({ code: 'request-topic' })
})

describe('whether a response topic is subscribed to', () => {
  test('[RQ6] by any filter that matches it, as soon as one is granted', () => {
    expect(coverageOf([status('other', 'granted')], 'r/me')).toBe('none')
    expect(coverageOf([status('r/+', 'granted')], 'r/me')).toBe('granted')
    expect(coverageOf([status('r/me', 'pending')], 'r/me')).toBe('pending')
    expect(coverageOf([status('r/me', 'pending'), status('#', 'granted')], 'r/me')).toBe('granted')
  })

  test('[RQ6] not by one that is refused, offline, disabled or shared', () => {
    const statuses = [
      status('r/me', 'refused'),
      status('r/#', 'offline'),
      status('#', 'granted', { enabled: false }),
      status('$share/group/r/me', 'granted'),
    ]
    expect(coverageOf(statuses, 'r/me')).toBe('none')
  })
})
