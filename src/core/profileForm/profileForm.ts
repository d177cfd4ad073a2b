import { hostInUrl } from '../host.ts'
import type { QoS, UserProperty } from '../message.ts'
import type {
  ConnectProperties,
  MqttVersion,
  Profile,
  Scheme,
  Will,
  WillProperties,
} from '../profile.ts'
import { DAY, MIB, type Retention } from '../retention.ts'
import type { NumberField } from './numberFields.ts'

/**
 * A profile as it is edited: numbers are the text that was typed, an absent value is empty text or an
 * off switch. The fields of MQTT 5 keep their values while an older version is chosen.
 */
export type ProfileForm = Record<NumberField, string> & {
  name: string
  scheme: Scheme
  host: string
  path: string
  clientId: string
  username: string
  password: string
  version: MqttVersion
  cleanSession: boolean
  autoReconnect: boolean
  requestResponseInformation: boolean
  requestProblemInformation: boolean
  authenticationMethod: string
  userProperties: UserProperty[]
  willTopic: string
  willQos: QoS
  willRetain: boolean
  willPayload: string
  payloadFormatIndicator: boolean
  contentType: string
  responseTopic: string
  correlationData: string
  willUserProperties: UserProperty[]
}

export type FormField = keyof ProfileForm

/** The fields that are typed as text of any kind. */
export type TextField = Exclude<
  {
    [Field in FormField]: string extends ProfileForm[Field] ? Field : never
  }[FormField],
  NumberField
>

/** The form that shows a profile. */
export function formOf(profile: Profile): ProfileForm {
  const { properties, will, retention } = profile
  return {
    name: profile.name,
    scheme: profile.scheme,
    host: profile.host,
    port: String(profile.port),
    path: profile.path,
    clientId: profile.clientId,
    username: profile.username,
    password: profile.password,
    version: profile.version,
    connectTimeout: String(profile.connectTimeout),
    keepAlive: String(profile.keepAlive),
    cleanSession: profile.cleanSession,
    autoReconnect: profile.autoReconnect,
    reconnectPeriod: String(profile.reconnectPeriod),
    sessionExpiryInterval: numberText(properties.sessionExpiryInterval),
    receiveMaximum: numberText(properties.receiveMaximum),
    maximumPacketSize: numberText(properties.maximumPacketSize),
    topicAliasMaximum: numberText(properties.topicAliasMaximum),
    // Not sent means no response information and all problem information (§3.1.2.11.6 and 7).
    requestResponseInformation: properties.requestResponseInformation ?? false,
    requestProblemInformation: properties.requestProblemInformation ?? true,
    authenticationMethod: properties.authenticationMethod ?? '',
    userProperties: properties.userProperties,
    willTopic: will.topic,
    willQos: will.qos,
    willRetain: will.retain,
    willPayload: will.payload,
    willDelayInterval: numberText(will.properties.willDelayInterval),
    payloadFormatIndicator: will.properties.payloadFormatIndicator ?? false,
    messageExpiryInterval: numberText(will.properties.messageExpiryInterval),
    contentType: will.properties.contentType ?? '',
    responseTopic: will.properties.responseTopic ?? '',
    correlationData: will.properties.correlationData ?? '',
    willUserProperties: will.properties.userProperties,
    keepMessages: String(retention.messages),
    keepSize: String(Math.round(retention.bytes / MIB)),
    keepDays: retention.age === undefined ? '' : String(Math.round(retention.age / DAY)),
  }
}

/**
 * The profile that a form without issues describes; `identity` is what no form shows. A name that was
 * left empty becomes the host, a path gets its slash, and what only MQTT 5 has is left out on older
 * versions. With issues in the form the result means nothing.
 */
export function profileOf(form: ProfileForm, identity: Pick<Profile, 'id' | 'createdAt'>): Profile {
  const host = hostInUrl(form.host.trim())
  return {
    id: identity.id,
    createdAt: identity.createdAt,
    name: form.name.trim() || host,
    scheme: form.scheme,
    host,
    port: numberOf(form, 'port'),
    path: pathInUrl(form.path),
    clientId: form.clientId,
    username: form.username,
    password: form.password,
    version: form.version,
    connectTimeout: numberOf(form, 'connectTimeout'),
    keepAlive: numberOf(form, 'keepAlive'),
    cleanSession: form.cleanSession,
    autoReconnect: form.autoReconnect,
    reconnectPeriod: numberOf(form, 'reconnectPeriod'),
    properties: form.version === '5.0' ? connectProperties(form) : { userProperties: [] },
    will: willOf(form),
    retention: retentionOf(form),
  }
}

/** A path as it goes into a URL: empty, or with a slash in front. */
function pathInUrl(path: string): string {
  const trimmed = path.trim()
  return trimmed === '' || trimmed.startsWith('/') ? trimmed : `/${trimmed}`
}

function connectProperties(form: ProfileForm): ConnectProperties {
  return {
    ...optionalNumber(form, 'sessionExpiryInterval'),
    ...optionalNumber(form, 'receiveMaximum'),
    ...optionalNumber(form, 'maximumPacketSize'),
    ...optionalNumber(form, 'topicAliasMaximum'),
    ...(form.requestResponseInformation ? { requestResponseInformation: true } : {}),
    ...(form.requestProblemInformation ? {} : { requestProblemInformation: false }),
    ...optionalText(form, 'authenticationMethod'),
    userProperties: filledRows(form.userProperties),
  }
}

function retentionOf(form: ProfileForm): Retention {
  return {
    messages: numberOf(form, 'keepMessages'),
    bytes: numberOf(form, 'keepSize') * MIB,
    ...(form.keepDays.trim() === '' ? {} : { age: numberOf(form, 'keepDays') * DAY }),
  }
}

function willOf(form: ProfileForm): Will {
  return {
    topic: form.willTopic,
    payload: form.willPayload,
    qos: form.willQos,
    retain: form.willRetain,
    properties: form.version === '5.0' ? willProperties(form) : { userProperties: [] },
  }
}

function willProperties(form: ProfileForm): WillProperties {
  return {
    ...optionalNumber(form, 'willDelayInterval'),
    ...(form.payloadFormatIndicator ? { payloadFormatIndicator: true } : {}),
    ...optionalNumber(form, 'messageExpiryInterval'),
    ...optionalText(form, 'contentType'),
    ...optionalText(form, 'responseTopic'),
    ...optionalText(form, 'correlationData'),
    userProperties: filledRows(form.willUserProperties),
  }
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}

function numberOf(form: ProfileForm, field: NumberField): number {
  return Number(form[field].trim())
}

function optionalNumber<Field extends NumberField>(
  form: ProfileForm,
  field: Field,
): Partial<Record<Field, number>> {
  if (form[field].trim() === '') return {}
  return { [field]: numberOf(form, field) } as Record<Field, number>
}

type OptionalText = 'authenticationMethod' | 'contentType' | 'responseTopic' | 'correlationData'

function optionalText<Field extends OptionalText>(
  form: ProfileForm,
  field: Field,
): Partial<Record<Field, string>> {
  return form[field] === '' ? {} : ({ [field]: form[field] } as Record<Field, string>)
}

/** A row that was added and never filled is not a property. */
function filledRows(rows: readonly UserProperty[]): UserProperty[] {
  return rows
    .filter(({ name, value }) => name !== '' || value !== '')
    .map(({ name, value }) => ({ name, value }))
}
