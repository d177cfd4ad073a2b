import type { Draft, PayloadType } from './draft.ts'
import type { PublishFailure } from './failure.ts'
import type { OutgoingMessage } from './message.ts'
import type { PayloadIssue } from './payload/payloadIssue.ts'
import { encodePayload } from './payload/encodePayload.ts'
import { viewPayload } from './payload/viewPayload.ts'
import type { MqttVersion } from './profile.ts'
import type { ServerLimits } from './session.ts'
import { utf8Length } from './text.ts'
import { topicIssue, type TopicIssue } from './topic.ts'
import type { Bytes } from './units.ts'

/** The part of a draft that is published; the rest is the message pane's. */
export type PublishFields = Omit<Draft, 'view' | 'density' | 'times'>

/** What keeps the fields from being a message, by field. */
export type PublishIssues = { topic?: TopicIssue; payload?: PayloadIssue }

/** What the connected broker said it does not take, by field. */
export type RefusedFields = {
  qos?: PublishFailure
  retain?: PublishFailure
  payload?: PublishFailure
}

/** The published fields of a draft. */
export function publishFieldsOf({ topic, payload, type, qos, retain }: Draft): PublishFields {
  return { topic, payload, type, qos, retain }
}

/** Whether two drafts publish the same. */
export function publishesSame(one: PublishFields, other: PublishFields): boolean {
  return (
    one.topic === other.topic &&
    one.payload === other.payload &&
    one.type === other.type &&
    one.qos === other.qos &&
    one.retain === other.retain
  )
}

/** The message that the fields describe, or what is wrong with each; never a message with an issue. */
export function messageOf(
  fields: PublishFields,
): { message: OutgoingMessage } | { issues: PublishIssues } {
  const { topic, qos, retain } = fields
  const badTopic = topicIssue(topic)
  const encoded = encodePayload(fields.payload, fields.type)
  if ('issue' in encoded) {
    return { issues: { ...(badTopic && { topic: badTopic }), payload: encoded.issue } }
  }
  if (badTopic) return { issues: { topic: badTopic } }
  return { message: { topic, payload: encoded.bytes, qos, retain } }
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
  const size = payload === undefined ? 0 : publishSize(fields, payload, version)
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

/** The length of a whole PUBLISH packet without properties of its own (MQTT 5.0 §3.3). */
function publishSize({ topic, qos }: PublishFields, payload: Bytes, version: MqttVersion): Bytes {
  const packetId = qos === 0 ? 0 : 2
  const propertyLength = version === '5.0' ? 1 : 0
  const remaining = 2 + utf8Length(topic) + packetId + propertyLength + payload
  // A Variable Byte Integer carries 7 bits in each byte (§1.5.5).
  const lengthBytes = remaining < 128 ? 1 : remaining < 16_384 ? 2 : remaining < 2_097_152 ? 3 : 4
  return 1 + lengthBytes + remaining
}

function isText(type: PayloadType): boolean {
  return type === 'plaintext' || type === 'json'
}
