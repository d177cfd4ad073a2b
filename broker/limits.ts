import type { QoS } from '../src/core/message.ts'
import type { Bytes, Milliseconds, Seconds } from '../src/core/units.ts'

/** What the broker allows. The defaults are the limits of EMQX's public broker where it has one. */
export type Limits = {
  /** Of a whole packet, both ways. */
  maximumPacketSize: Bytes
  /** Inbound QoS 1 and 2 messages of one client that are not yet acknowledged. */
  receiveMaximum: number
  topicAliasMaximum: number
  maximumQoS: QoS
  retainAvailable: boolean
  /** Set: every MQTT 5 client is told to use this instead of its own keep alive. */
  serverKeepAlive: Seconds | undefined
  /** How long a session may live without a connection, whatever its client asked for. */
  sessionExpiry: Seconds
  /** Messages kept for a session without a connection; the oldest give way. Never QoS 0. */
  queuedOffline: number
  /** Messages that wait for a connected client which does not acknowledge. */
  queuedOnline: number
  /** QoS 1 and 2 messages on their way to one client, even if it would take more. */
  inFlight: number
  /** While more than this is unsent in a client's transport, it gets no QoS 0 message. */
  unsent: Bytes
  /** From the open transport to the CONNECT. */
  connectTimeout: Milliseconds
}

export const DEFAULT_LIMITS: Limits = {
  maximumPacketSize: 1024 * 1024,
  receiveMaximum: 1000,
  topicAliasMaximum: 100,
  maximumQoS: 2,
  retainAvailable: true,
  serverKeepAlive: undefined,
  sessionExpiry: 300,
  queuedOffline: 1000,
  queuedOnline: 100_000,
  inFlight: 1000,
  unsent: 64 * 1024 * 1024,
  connectTimeout: 10_000,
}
