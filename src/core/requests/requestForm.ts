import type { PayloadType } from '../draft.ts'
import type { QoS } from '../message.ts'
import { encodePayload } from '../payload/encodePayload.ts'
import type { PayloadIssue } from '../payload/payloadIssue.ts'
import { numberIssue, type NumberIssue, type NumberRange } from '../profileForm/numberFields.ts'
import { NO_PROPERTIES } from '../propertyFields.ts'
import type { PublishFields } from '../publishForm.ts'
import { topicIssue, type TopicIssue } from '../topic.ts'
import type { Seconds } from '../units.ts'
import { responseTopicIssue, type ResponseTopicIssue } from './responseTopic.ts'

/** The fields of the console, valid or not. */
export type RequestFields = {
  topic: string
  type: PayloadType
  payload: string
  qos: QoS
  /** Seconds, as typed. */
  timeout: string
  /** Null: the default one, which follows the connection. */
  responseTopic: string | null
}

/** What keeps the fields from being a request, by field. */
export type RequestIssues = {
  topic?: TopicIssue
  timeout?: NumberIssue
  responseTopic?: ResponseTopicIssue
  payload?: PayloadIssue
}

/** With QoS 1 the broker can answer that nobody is subscribed (MQTT 5.0 §3.4.2.1). */
export const BLANK_REQUEST: RequestFields = {
  topic: '',
  type: 'json',
  payload: '',
  qos: 1,
  timeout: '5',
  responseTopic: null,
}

/** Seconds. */
const TIMEOUT: NumberRange = { minimum: 1, maximum: 600 }

/** The issue of each field that has one; `responseTopic` is the one that would be sent. */
export function requestIssues(fields: RequestFields, responseTopic: string): RequestIssues {
  const topic = topicIssue(fields.topic)
  const timeout = numberIssue(fields.timeout, TIMEOUT)
  const badResponseTopic = responseTopicIssue(responseTopic, fields.topic)
  const encoded = encodePayload(fields.payload, fields.type)
  return {
    ...(topic && { topic }),
    ...(timeout && { timeout }),
    ...(badResponseTopic && { responseTopic: badResponseTopic }),
    ...('issue' in encoded && { payload: encoded.issue }),
  }
}

/** The time-out as typed, or the default one where it is no such number. */
export function timeoutOf({ timeout }: RequestFields): Seconds {
  return Number(numberIssue(timeout, TIMEOUT) ? BLANK_REQUEST.timeout : timeout)
}

/** The request as fields of the publish form, which knows how a message is made of them. */
export function asPublishFields(
  { topic, type, payload, qos }: RequestFields,
  responseTopic: string,
  correlationData: string,
): PublishFields {
  const properties = { ...NO_PROPERTIES, responseTopic, correlationData }
  return { topic, type, payload, qos, retain: false, properties }
}
