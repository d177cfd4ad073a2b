import type { ServerLimits } from '../session.ts'
import type { SubscriptionStatus } from '../subscription.ts'
import { matchTopic, parseShared, topicIssue, type TopicIssue } from '../topic.ts'

/** Where answers go unless the server suggests another place. */
const OWN_PLACE = 'mqtab/answers'

/** What keeps a topic from being a response topic. */
export type ResponseTopicIssue =
  | TopicIssue
  /** The client would take its own request for the answer. */
  | { code: 'request-topic' }
  /** As a filter it would be a shared subscription, and others would get the answers. */
  | { code: 'shared' }

/**
 * A response topic of this client's own: below the Response Information of the server where it gave one
 * (MQTT 5.0 §4.10.1), with the client id that the server assigned or else the profile's. Always a valid
 * topic name, though a client id may hold any character.
 */
export function defaultResponseTopic(limits: ServerLimits | undefined, clientId: string): string {
  const place = (limits?.responseInformation ?? OWN_PLACE).replace(/\/$/, '')
  const own = limits?.assignedClientId ?? clientId
  return withoutWildcards(own === '' ? place : `${place}/${own}`)
}

/** The issue of a response topic for requests to `topic`; undefined when it can be used. */
export function responseTopicIssue(
  responseTopic: string,
  topic: string,
): ResponseTopicIssue | undefined {
  const issue = topicIssue(responseTopic)
  if (issue) return issue
  if (parseShared(responseTopic)) return { code: 'shared' }
  return responseTopic === topic ? { code: 'request-topic' } : undefined
}

/**
 * Whether every message of a topic comes through the subscriptions: `granted` by the broker, `pending` as
 * long as one that covers it was asked for, else `none`. One that is disabled or refused covers nothing,
 * and a shared one gives some of its messages to other clients.
 */
export function coverageOf(
  statuses: readonly SubscriptionStatus[],
  topic: string,
): 'granted' | 'pending' | 'none' {
  const grants = statuses
    .filter(({ subscription: { filter, enabled } }) => {
      return enabled && !parseShared(filter) && matchTopic(filter, topic)
    })
    .map(({ grant }) => grant.state)
  if (grants.includes('granted')) return 'granted'
  return grants.includes('pending') ? 'pending' : 'none'
}

function withoutWildcards(topic: string): string {
  return topic.replace(/[+#\0]|\p{Surrogate}/gu, '_')
}
