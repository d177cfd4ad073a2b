import { hostIssue, type HostIssue } from '../host.ts'
import { scramMethod } from '../scram/scramMethod.ts'
import { topicIssue, type TopicIssue } from '../topic.ts'
import { NUMBER_FIELDS, numberIssue, type NumberField, type NumberIssue } from './numberFields.ts'
import type { FormField, ProfileForm } from './profileForm.ts'
import { rowsIssue, textIssue, type RowIssue, type TextIssue } from './textIssue.ts'

/** What is wrong with one field, as facts; the page turns them into words. */
export type FieldIssue =
  | HostIssue
  | NumberIssue
  | TextIssue
  /** A URL with a fragment is no WebSocket URL. */
  | { code: 'path-hash' }
  /** MQTT 3.1 §3.1: 1 to 23 characters. */
  | { code: 'client-id-length'; characters: number }
  /** MQTT 3.1.1 [MQTT-3.1.3-7]: only a clean session goes without an id. */
  | { code: 'client-id-empty' }
  /** MQTT 3.1.1 [MQTT-3.1.2-22]; 5.0 has no such rule. */
  | { code: 'password-without-username' }
  /** RFC 5802 §7: the exchange begins with a name of at least one character. */
  | { code: 'scram-without-username' }
  | { code: 'payload-without-topic' }
  | { code: 'topic'; issue: TopicIssue }
  | RowIssue

export type FormIssues = Partial<Record<FormField, FieldIssue>>

const NUMBERS = Object.keys(NUMBER_FIELDS) as NumberField[]

/** Texts that have no rule but their length and characters. */
const TEXTS = [
  'name',
  'password',
  'willPayload',
  'authenticationMethod',
  'contentType',
  'correlationData',
] as const satisfies FormField[]

/** Fields that are shown, checked and sent only on MQTT 5. */
const ONLY_5: ReadonlySet<FormField> = new Set([
  'sessionExpiryInterval',
  'receiveMaximum',
  'maximumPacketSize',
  'topicAliasMaximum',
  'requestResponseInformation',
  'requestProblemInformation',
  'authenticationMethod',
  'userProperties',
  'willDelayInterval',
  'payloadFormatIndicator',
  'messageExpiryInterval',
  'contentType',
  'responseTopic',
  'correlationData',
  'willUserProperties',
] as const satisfies FormField[])

/** The issue of each field that has one, for the chosen version. An empty object: it can be saved. */
export function formIssues(form: ProfileForm): FormIssues {
  const found: [FormField, FieldIssue | undefined][] = [
    ...NUMBERS.map((field): [FormField, FieldIssue | undefined] => [
      field,
      numberIssue(form[field], NUMBER_FIELDS[field]),
    ]),
    ...TEXTS.map((field): [FormField, FieldIssue | undefined] => [field, textIssue(form[field])]),
    ['host', hostIssue(form.host.trim())],
    ['path', pathIssue(form.path)],
    ['clientId', clientIdIssue(form)],
    ['username', usernameIssue(form)],
    ['userProperties', rowsIssue(form.userProperties)],
    ['willTopic', willTopicIssue(form)],
    ['responseTopic', form.responseTopic === '' ? undefined : nameIssue(form.responseTopic)],
    ['willUserProperties', rowsIssue(form.willUserProperties)],
  ]
  return Object.fromEntries(
    found.filter(([field, issue]) => issue && (form.version === '5.0' || !ONLY_5.has(field))),
  )
}

function pathIssue(path: string): FieldIssue | undefined {
  return path.includes('#') ? { code: 'path-hash' } : textIssue(path)
}

function clientIdIssue({ clientId, version, cleanSession }: ProfileForm): FieldIssue | undefined {
  const characters = Array.from(clientId).length
  if (version === '3.1' && (characters < 1 || characters > 23)) {
    return { code: 'client-id-length', characters }
  }
  // MQTT 5 allows it, but the id that a broker gives is gone with the engine, and the session with it.
  if (clientId === '' && !cleanSession) return { code: 'client-id-empty' }
  return textIssue(clientId)
}

function usernameIssue(form: ProfileForm): FieldIssue | undefined {
  const { username, password, version, authenticationMethod } = form
  if (username === '' && password !== '' && version !== '5.0') {
    return { code: 'password-without-username' }
  }
  if (username === '' && version === '5.0' && scramMethod(authenticationMethod)) {
    return { code: 'scram-without-username' }
  }
  return textIssue(username)
}

function willTopicIssue({ willTopic, willPayload }: ProfileForm): FieldIssue | undefined {
  if (willTopic !== '') return nameIssue(willTopic)
  return willPayload === '' ? undefined : { code: 'payload-without-topic' }
}

function nameIssue(topic: string): FieldIssue | undefined {
  const issue = topicIssue(topic)
  return issue && { code: 'topic', issue }
}
