import type { PublishProperties, UserProperty } from './message.ts'
import { parseHex } from './payload/hex.ts'
import { rowsIssue, textIssue, type RowIssue, type TextIssue } from './profileForm/textIssue.ts'
import {
  NUMBER_FIELDS,
  numberIssue,
  type NumberIssue,
  type NumberRange,
} from './profileForm/numberFields.ts'
import { encodeUtf8 } from './text.ts'
import { topicIssue, type TopicIssue } from './topic.ts'

/** The MQTT 5 properties of a message to publish (§3.3.2.3), as typed; empty: not sent. */
export type PropertyFields = {
  contentType: string
  responseTopic: string
  /** Text, or `0x` and hex digits. */
  correlationData: string
  messageExpiryInterval: string
  topicAlias: string
  /** Off: not sent, so the payload is unspecified bytes. */
  payloadFormatIndicator: boolean
  userProperties: UserProperty[]
}

export type PropertyField = keyof PropertyFields

/** What is wrong with one property, as facts. */
export type PropertyIssue =
  | NumberIssue
  | TextIssue
  | RowIssue
  | { code: 'topic'; issue: TopicIssue }
  /** Hex digits that are no whole bytes. */
  | { code: 'bad-hex' }
  /** The server takes aliases up to `maximum`; 0: none. */
  | { code: 'alias-too-large'; maximum: number }

export type PropertyIssues = Partial<Record<PropertyField, PropertyIssue>>

export const NO_PROPERTIES: PropertyFields = {
  contentType: '',
  responseTopic: '',
  correlationData: '',
  messageExpiryInterval: '',
  topicAlias: '',
  payloadFormatIndicator: false,
  userProperties: [],
}

/** A topic alias is never 0 (MQTT 5.0 §3.3.2.3.4). */
const ALIAS: NumberRange = { minimum: 1, maximum: 65_535, optional: true }

/** The issue of each property that has one. `topicAliasMaximum` is the connected server's. */
export function propertyIssues(
  fields: PropertyFields,
  topicAliasMaximum: number | undefined,
): PropertyIssues {
  const { contentType, responseTopic, correlationData, userProperties } = fields
  const topic = responseTopic === '' ? undefined : topicIssue(responseTopic)
  const all: [PropertyField, PropertyIssue | undefined][] = [
    ['contentType', textIssue(contentType)],
    ['responseTopic', topic && { code: 'topic', issue: topic }],
    ['correlationData', bytesIssue(correlationData)],
    [
      'messageExpiryInterval',
      numberIssue(fields.messageExpiryInterval, NUMBER_FIELDS.messageExpiryInterval),
    ],
    ['topicAlias', aliasIssue(fields.topicAlias, topicAliasMaximum)],
    ['userProperties', rowsIssue(userProperties)],
  ]
  return Object.fromEntries(all.filter(([, issue]) => issue))
}

/** The properties that the fields describe, which must have no issue; undefined where there are none. */
export function propertiesOf(fields: PropertyFields): PublishProperties | undefined {
  const { contentType, responseTopic, correlationData, userProperties } = fields
  const number = (text: string) => (text.trim() === '' ? undefined : Number(text))
  const expiry = number(fields.messageExpiryInterval)
  const alias = number(fields.topicAlias)
  const properties: PublishProperties = {
    ...(fields.payloadFormatIndicator && { payloadFormatIndicator: 1 }),
    ...(expiry !== undefined && { messageExpiryInterval: expiry }),
    ...(contentType !== '' && { contentType }),
    ...(responseTopic !== '' && { responseTopic }),
    ...(correlationData !== '' && { correlationData: bytesOf(correlationData) }),
    ...(alias !== undefined && { topicAlias: alias }),
    ...(userProperties.length > 0 && { userProperties }),
  }
  return Object.keys(properties).length > 0 ? properties : undefined
}

/** How many properties would be sent; each user property counts. */
export function countProperties(fields: PropertyFields): number {
  const { userProperties, payloadFormatIndicator, ...texts } = fields
  const filled = Object.values(texts).filter((text) => text.trim() !== '').length
  return filled + (payloadFormatIndicator ? 1 : 0) + userProperties.length
}

function aliasIssue(text: string, maximum: number | undefined): PropertyIssue | undefined {
  const issue = numberIssue(text, ALIAS)
  if (issue || text.trim() === '' || maximum === undefined) return issue
  return Number(text) > maximum ? { code: 'alias-too-large', maximum } : undefined
}

function bytesIssue(text: string): PropertyIssue | undefined {
  const hex = hexOf(text)
  if (hex === undefined) return textIssue(text)
  return 'issue' in parseHex(hex) ? { code: 'bad-hex' } : undefined
}

function bytesOf(text: string): Uint8Array {
  const hex = hexOf(text)
  const parsed = hex === undefined ? undefined : parseHex(hex)
  return parsed && 'bytes' in parsed ? parsed.bytes : encodeUtf8(text)
}

/** What stands behind `0x`, as correlation data that is no text is shown. */
function hexOf(text: string): string | undefined {
  return /^0x/i.test(text) ? text.slice(2) : undefined
}
