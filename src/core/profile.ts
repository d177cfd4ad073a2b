import type { ConnectionId } from './id.ts'
import type { QoS, UserProperty } from './message.ts'
import { DEFAULT_RETENTION, type Retention } from './retention.ts'
import type { EpochMs, Milliseconds, Seconds } from './units.ts'

export const MQTT_VERSIONS = ['5.0', '3.1.1', '3.1'] as const

export type MqttVersion = (typeof MQTT_VERSIONS)[number]

/** The two transports that a browser has. */
export type Scheme = 'ws' | 'wss'

/** Where a broker listens. `path` is empty or starts with `/`. */
export type BrokerAddress = { scheme: Scheme; host: string; port: number; path: string }

/** The address alone, out of anything that has one. */
export function addressOf({ scheme, host, port, path }: BrokerAddress): BrokerAddress {
  return { scheme, host, port, path }
}

/** What a CONNECT of MQTT 5 carries beside the fields of 3.1.1 (§3.1.2.11). Absent: not sent. */
export type ConnectProperties = {
  sessionExpiryInterval?: Seconds
  receiveMaximum?: number
  maximumPacketSize?: number
  topicAliasMaximum?: number
  requestResponseInformation?: boolean
  requestProblemInformation?: boolean
  authenticationMethod?: string
  userProperties: UserProperty[]
}

/** The will of MQTT 5 (§3.1.3.2). Absent: not sent. Correlation data is given as text, sent as UTF-8. */
export type WillProperties = {
  willDelayInterval?: Seconds
  payloadFormatIndicator?: boolean
  messageExpiryInterval?: Seconds
  contentType?: string
  responseTopic?: string
  correlationData?: string
  userProperties: UserProperty[]
}

/** An empty topic means that there is no will. */
export type Will = {
  topic: string
  payload: string
  qos: QoS
  retain: boolean
  properties: WillProperties
}

/** A saved connection: everything the form shows, and nothing that happens at run time. */
export type Profile = BrokerAddress & {
  id: ConnectionId
  name: string
  clientId: string
  /** Empty: not sent. */
  username: string
  /** Empty: not sent. Never leaves this browser except in a CONNECT. */
  password: string
  version: MqttVersion
  connectTimeout: Seconds
  keepAlive: Seconds
  cleanSession: boolean
  autoReconnect: boolean
  /** The first wait before a retry; it doubles up to 30 s. */
  reconnectPeriod: Milliseconds
  properties: ConnectProperties
  will: Will
  /** Nothing of it goes to the broker. */
  retention: Retention
  createdAt: EpochMs
}

/** What a profile starts from, apart from its broker, its id and its client id. */
const BLANK = {
  name: '',
  username: '',
  password: '',
  version: '5.0',
  connectTimeout: 10,
  // Many proxies cut a WebSocket that is idle for 60 s, so the ping comes well before.
  keepAlive: 30,
  cleanSession: true,
  autoReconnect: true,
  reconnectPeriod: 1000,
} as const

/** A profile with MQTab's defaults for the given broker. */
export function newProfile(
  id: ConnectionId,
  clientId: string,
  broker: BrokerAddress,
  createdAt: EpochMs,
): Profile {
  return {
    ...BLANK,
    ...broker,
    id,
    clientId,
    createdAt,
    properties: { userProperties: [] },
    will: { topic: '', payload: '', qos: 0, retain: false, properties: { userProperties: [] } },
    retention: DEFAULT_RETENTION,
  }
}
