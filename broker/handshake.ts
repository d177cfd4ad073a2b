import type { Seconds } from '../src/core/units.ts'
import { topicIssue } from '../src/core/topic.ts'
import { Authentication } from './authentication.ts'
import type { Client } from './hooks.ts'
import type { Hub } from './hub.ts'
import type { Refusal } from './faults.ts'
import type { Limits } from './limits.ts'
import type { ConnectPacket, IConnackPacket } from './packet.ts'
import type { ProtocolLevel } from './protocolLevel.ts'
import { REASON, returnCode } from './reason.ts'
import type { Will } from './will.ts'

/** What was agreed with a client that may come in. */
export type Admission = {
  client: Client
  level: ProtocolLevel
  /** The client had no id of its own. */
  assigned: boolean
  cleanStart: boolean
  keepAlive: Seconds
  expiry: Seconds
  /** The client wanted its session to live longer than the broker allows. */
  expiryCapped: boolean
  /** As the client asked; 0 forbids a later change (MQTT 5.0 §3.14.2.2.2). */
  requestedExpiry: Seconds
  receiveMaximum: number
  will: Will | undefined
}

/** `authentication`: what must come to a good end before the client may come in. */
export type Judgement =
  | { ok: true; admission: Admission; authentication?: Authentication }
  | { ok: false; reasonCode: number; detail: string }

/** Decides on a CONNECT (MQTT 5.0 §3.1); changes nothing. */
export function judge(connect: ConnectPacket, level: ProtocolLevel, hub: Hub): Judgement {
  const assigned = connect.clientId === ''
  const cleanStart = connect.clean === true
  const properties = connect.properties ?? {}
  // MQTT 3.1 wants an id; 3.1.1 allows none for a clean session only (3.1.1 §3.1.3.1).
  if (assigned && (level === 3 || (level === 4 && !cleanStart))) {
    return refusal(REASON.clientIdentifierNotValid, 'The client id is empty')
  }
  if (connect.clientId.includes('\0')) {
    return refusal(REASON.clientIdentifierNotValid, 'The client id contains U+0000')
  }
  const { will } = connect
  const problem = will === undefined ? undefined : willProblem(will, hub.limits)
  if (problem !== undefined) return problem
  const client: Client = {
    clientId: assigned ? newClientId() : connect.clientId,
    username: connect.username,
  }
  const login = { ...client, password: connect.password, level }
  const method = properties.authenticationMethod
  const exchange = method === undefined ? undefined : hub.hooks.exchange(method, login)
  if (method !== undefined && exchange === undefined) {
    return refusal(REASON.badAuthenticationMethod, 'There is no such authentication exchange here')
  }
  const reasonCode = exchange ? REASON.success : hub.hooks.authenticate(login)
  if (reasonCode !== REASON.success) return refusal(reasonCode, 'The login is not accepted')
  const requestedExpiry = expiryOf(connect, level)
  return {
    ok: true,
    ...(method !== undefined &&
      exchange && { authentication: new Authentication(method, exchange) }),
    admission: {
      client,
      level,
      assigned,
      cleanStart,
      keepAlive: (level === 5 ? hub.limits.serverKeepAlive : undefined) ?? connect.keepalive ?? 0,
      expiry: Math.min(requestedExpiry, hub.limits.sessionExpiry),
      expiryCapped: requestedExpiry > hub.limits.sessionExpiry,
      requestedExpiry,
      receiveMaximum: properties.receiveMaximum ?? 65_535,
      will,
    },
  }
}

function refusal(reasonCode: number, detail: string): Judgement {
  return { ok: false, reasonCode, detail }
}

function willProblem(will: Will, limits: Limits): Judgement | undefined {
  const { responseTopic } = will.properties
  if (topicIssue(will.topic) !== undefined) {
    return refusal(REASON.topicNameInvalid, "The will's topic")
  }
  if (responseTopic !== undefined && topicIssue(responseTopic) !== undefined) {
    return refusal(REASON.topicNameInvalid, "The will's response topic")
  }
  if (will.qos > limits.maximumQoS) return refusal(REASON.qosNotSupported, "The will's QoS")
  if (will.retain && !limits.retainAvailable) {
    return refusal(REASON.retainNotSupported, 'The will is retained')
  }
  return undefined
}

/** MQTT 3 has no interval: a session that is not clean has no end of its own. */
function expiryOf(connect: ConnectPacket, level: ProtocolLevel): Seconds {
  if (level === 5) return connect.properties?.sessionExpiryInterval ?? 0
  return connect.clean === true ? 0 : Infinity
}

function newClientId(): string {
  const random = crypto.getRandomValues(new Uint32Array(2))
  return `auto-${Array.from(random, (number) => number.toString(36)).join('')}`
}

/**
 * The CONNACK that lets the client in and says what the broker allows (§3.2.2.3). `authentication`: the
 * end of an exchange.
 */
export function welcome(
  admission: Admission,
  sessionPresent: boolean,
  limits: Limits,
  authentication: IConnackPacket['properties'] = {},
): IConnackPacket {
  const present = admission.level > 3 && sessionPresent
  return {
    cmd: 'connack',
    sessionPresent: present,
    returnCode: 0,
    reasonCode: REASON.success,
    properties: {
      ...(admission.expiryCapped && { sessionExpiryInterval: admission.expiry }),
      receiveMaximum: limits.receiveMaximum,
      ...(limits.maximumQoS < 2 && { maximumQoS: limits.maximumQoS }),
      ...(!limits.retainAvailable && { retainAvailable: false }),
      maximumPacketSize: limits.maximumPacketSize,
      ...(admission.assigned && { assignedClientIdentifier: admission.client.clientId }),
      topicAliasMaximum: limits.topicAliasMaximum,
      ...(limits.serverKeepAlive !== undefined && { serverKeepAlive: limits.serverKeepAlive }),
      ...authentication,
    },
  }
}

/** The CONNACK that refuses, in the codes of the client's protocol. */
export function rejection({ reasonCode, reasonString, serverReference }: Refusal): IConnackPacket {
  return {
    cmd: 'connack',
    sessionPresent: false,
    reasonCode,
    returnCode: reasonCode < 6 ? reasonCode : returnCode(reasonCode),
    properties: {
      ...(reasonString !== undefined && { reasonString }),
      ...(serverReference !== undefined && { serverReference }),
    },
  }
}
