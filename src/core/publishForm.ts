import type { Draft, PayloadType } from './draft.ts'
import type { PublishFailure } from './failure.ts'
import type { OutgoingMessage, PublishProperties } from './message.ts'
import type { PayloadIssue } from './payload/payloadIssue.ts'
import { encodePayload } from './payload/encodePayload.ts'
import { viewPayload } from './payload/viewPayload.ts'
import { publishSize } from './packet/encodePublish.ts'
import type { MqttVersion } from './profile.ts'
import { propertiesOf, propertyIssues, type PropertyFields } from './propertyFields.ts'
import type { ServerLimits } from './session.ts'
import { topicIssue, type TopicIssue } from './topic.ts'
import type { Bytes } from './units.ts'

/** The part of a draft that is published; the rest is the message pane's. */
export type PublishFields = Omit<Draft, 'view' | 'density' | 'times'>

/** What keeps the fields from being a message, by field. */
export type PublishIssues = { topic?: TopicIssue; payload?: PayloadIssue; properties?: true }

/** What the connected broker said it does not take, by field. */
export type RefusedFields = {
  qos?: PublishFailure
  retain?: PublishFailure
  payload?: PublishFailure
}

/** The published fields of a draft. */
export function publishFieldsOf(draft: Draft): PublishFields {
  const { topic, payload, type, qos, retain, properties } = draft
  return { topic, payload, type, qos, retain, properties }
}

/** Whether two drafts publish the same. */
export function publishesSame(one: PublishFields, other: PublishFields): boolean {
  return (
    one.topic === other.topic &&
    one.payload === other.payload &&
    one.type === other.type &&
    one.qos === other.qos &&
    one.retain === other.retain &&
    hasSameProperties(one.properties, other.properties)
  )
}

function hasSameProperties(one: PropertyFields, other: PropertyFields): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

/**
 * The message that the fields describe for a broker of this version, or what is wrong with each; never a
 * message with an issue. Properties are looked at on MQTT 5 only.
 */
export function messageOf(
  fields: PublishFields,
  version: MqttVersion,
): { message: OutgoingMessage } | { issues: PublishIssues } {
  const { topic, qos, retain } = fields
  const isMqtt5 = version === '5.0'
  if (isMqtt5 && Object.keys(propertyIssues(fields.properties, undefined)).length > 0) {
    return { issues: { properties: true } }
  }
  const properties = isMqtt5 ? propertiesOf(fields.properties) : undefined
  const badTopic = topicIssue(topic)
  const encoded = encodePayload(fields.payload, fields.type)
  if ('issue' in encoded) {
    return { issues: { ...(badTopic && { topic: badTopic }), payload: encoded.issue } }
  }
  if (badTopic) return { issues: { topic: badTopic } }
  return {
    message: { topic, payload: encoded.bytes, qos, retain, ...(properties && { properties }) },
  }
}

/**
 * What of the fields the broker excluded in its CONNACK (MQTT 5.0 §3.2.2.3). `payload` is its length,
 * or undefined while the text is not valid.
 */
export function refusedFields(
  fields: PublishFields,
  payload: Bytes | undefined,
  version: MqttVersion,
  limits: ServerLimits,
): RefusedFields {
  const { maximumQoS, maximumPacketSize: maximum } = limits
  const isMqtt5 = version === '5.0'
  const properties = isMqtt5 ? sendable(fields.properties) : undefined
  const { topic, qos } = fields
  const message = { topic, qos, ...(properties && { properties }) }
  const size = payload === undefined ? 0 : publishSize(message, payload, isMqtt5)
  const tooLarge = maximum !== undefined && size > maximum
  return {
    ...(fields.qos > maximumQoS && {
      qos: { code: 'qos-not-supported', maximum: maximumQoS } as const,
    }),
    ...(fields.retain &&
      !limits.retainAvailable && { retain: { code: 'retain-not-supported' } as const }),
    ...(tooLarge && { payload: { code: 'packet-too-large', size, maximum } as const }),
  }
}

/**
 * The same bytes typed as another type, so that switching back and forth loses nothing. Plaintext and
 * JSON are one text. Without a `text` the typed characters are best left alone: they are no payload of
 * type `from`, or their bytes cannot be written as type `to`.
 */
export function convertPayload(
  typed: string,
  from: PayloadType,
  to: PayloadType,
): { text: string } | { issue: PayloadIssue } {
  if (isText(from) && isText(to)) return { text: typed }
  const encoded = encodePayload(typed, from)
  if ('issue' in encoded) return encoded
  const { text, issue } = viewPayload(encoded.bytes, isText(to) ? 'plaintext' : to)
  return issue ? { issue } : { text }
}

/** The properties, unless one of them cannot be sent. */
function sendable(fields: PropertyFields): PublishProperties | undefined {
  const issues = propertyIssues(fields, undefined)
  return Object.keys(issues).length > 0 ? undefined : propertiesOf(fields)
}

function isText(type: PayloadType): boolean {
  return type === 'plaintext' || type === 'json'
}
