import type { UserProperty } from '@/core/message.ts'
import { newProfile } from '@/core/profile.ts'
import type { ConnectProperties, Profile, Will, WillProperties } from '@/core/profile.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Retention } from '@/core/retention.ts'
import { countOr, fieldsOf, flagOr, listOf, oneOf, present, textOr } from './fields.ts'
import type { Fields } from './fields.ts'

/**
 * Reads a stored profile of any build. Undefined where it does not say which broker it is for: a
 * default in place of the scheme, host or port could send a password to the wrong place.
 */
export function readProfile(id: ConnectionId, value: unknown): Profile | undefined {
  const fields = fieldsOf(value)
  const scheme = oneOf(fields?.['scheme'], ['ws', 'wss'] as const, undefined)
  const host = textOr(fields?.['host'], undefined)
  const port = countOr(fields?.['port'], undefined)
  if (!fields || !scheme || host === undefined || port === undefined) return undefined
  const broker = { scheme, host, port, path: textOr(fields['path'], '') }
  const clientId = textOr(fields['clientId'], '')
  const blank = newProfile(id, clientId, broker, countOr(fields['createdAt'], 0))
  return {
    ...blank,
    name: textOr(fields['name'], host),
    username: textOr(fields['username'], blank.username),
    password: textOr(fields['password'], blank.password),
    version: oneOf(fields['version'], ['3.1', '3.1.1', '5.0'] as const, blank.version),
    connectTimeout: countOr(fields['connectTimeout'], blank.connectTimeout),
    keepAlive: countOr(fields['keepAlive'], blank.keepAlive),
    cleanSession: flagOr(fields['cleanSession'], blank.cleanSession),
    autoReconnect: flagOr(fields['autoReconnect'], blank.autoReconnect),
    reconnectPeriod: countOr(fields['reconnectPeriod'], blank.reconnectPeriod),
    properties: readConnectProperties(fieldsOf(fields['properties']) ?? {}),
    will: readWill(fieldsOf(fields['will']) ?? {}, blank.will),
    retention: readRetention(fieldsOf(fields['retention']) ?? {}, blank.retention),
  }
}

function readConnectProperties(fields: Fields): ConnectProperties {
  return present<ConnectProperties>({
    sessionExpiryInterval: countOr(fields['sessionExpiryInterval'], undefined),
    receiveMaximum: countOr(fields['receiveMaximum'], undefined),
    maximumPacketSize: countOr(fields['maximumPacketSize'], undefined),
    topicAliasMaximum: countOr(fields['topicAliasMaximum'], undefined),
    requestResponseInformation: flagOr(fields['requestResponseInformation'], undefined),
    requestProblemInformation: flagOr(fields['requestProblemInformation'], undefined),
    authenticationMethod: textOr(fields['authenticationMethod'], undefined),
    userProperties: listOf(fields['userProperties'], readUserProperty),
  })
}

function readRetention(fields: Fields, blank: Retention): Retention {
  return present<Retention>({
    messages: countOr(fields['messages'], blank.messages),
    bytes: countOr(fields['bytes'], blank.bytes),
    age: countOr(fields['age'], undefined),
  })
}

function readWill(fields: Fields, blank: Will): Will {
  return {
    topic: textOr(fields['topic'], blank.topic),
    payload: textOr(fields['payload'], blank.payload),
    qos: oneOf(fields['qos'], [0, 1, 2] as const, blank.qos),
    retain: flagOr(fields['retain'], blank.retain),
    properties: readWillProperties(fieldsOf(fields['properties']) ?? {}),
  }
}

function readWillProperties(fields: Fields): WillProperties {
  return present<WillProperties>({
    willDelayInterval: countOr(fields['willDelayInterval'], undefined),
    payloadFormatIndicator: flagOr(fields['payloadFormatIndicator'], undefined),
    messageExpiryInterval: countOr(fields['messageExpiryInterval'], undefined),
    contentType: textOr(fields['contentType'], undefined),
    responseTopic: textOr(fields['responseTopic'], undefined),
    correlationData: textOr(fields['correlationData'], undefined),
    userProperties: listOf(fields['userProperties'], readUserProperty),
  })
}

/** Reads one user property; undefined for what is none. */
export function readUserProperty(value: unknown): UserProperty | undefined {
  const fields = fieldsOf(value)
  return fields && { name: textOr(fields['name'], ''), value: textOr(fields['value'], '') }
}
