import type { ConnectionFailure } from './failure.ts'
import type { MqttVersion } from './profile.ts'

/** Return codes of MQTT 3 that may go away by themselves: only "server unavailable". */
const RETRYABLE_3 = new Set([3])

/**
 * Codes of MQTT 5 that may go away by themselves: the server is unavailable, busy or shutting down, a
 * quota or rate is exceeded, a keep-alive ran out, a longest connect time is over, or it names no
 * reason. Every other one would be answered in the same way again.
 */
const RETRYABLE_5 = new Set([0x80, 0x83, 0x88, 0x89, 0x8b, 0x8d, 0x96, 0x97, 0x9f, 0xa0])

/**
 * Whether trying again without a change would be useless or harmful, so that no automatic retry
 * follows. A session that was taken over (0x8E, or twice closed after CONNACK) is one: two clients with
 * one id would kick each other out for ever.
 */
export function isFinal(failure: ConnectionFailure): boolean {
  switch (failure.code) {
    case 'refused':
      return !isRetryable(failure.version, failure.reasonCode)
    case 'server-disconnect':
      return failure.reasonCode >= 0x80 && !RETRYABLE_5.has(failure.reasonCode)
    case 'mixed-content':
    case 'blocked-port':
    case 'blocked-by-policy':
    case 'no-subprotocol':
    case 'bad-url':
    case 'auth-exchange':
    case 'auth-insecure':
    case 'auth-message':
    case 'auth-unproven':
    case 'dropped':
    case 'closed-after-connack':
      return true
    case 'unreachable':
    case 'open-timeout':
    case 'closed-before-connack':
    case 'connack-timeout':
    case 'connection-lost':
    case 'keep-alive-timeout':
    case 'protocol-error':
    case 'unexpected':
      return false
  }
}

/**
 * Whether a client id of its own is what this client lacks: the broker does not take the one it has, or
 * another client came with the same one, as far as can be told.
 */
export function isClientIdRefused(failure: ConnectionFailure): boolean {
  if (failure.code === 'closed-after-connack') return true
  if (failure.code === 'refused') return failure.reasonCode === 2 || failure.reasonCode === 0x85
  return failure.code === 'server-disconnect' && failure.reasonCode === 0x8e
}

function isRetryable(version: MqttVersion, code: number): boolean {
  // A server that knows no MQTT 5 answers a CONNECT of it with a return code of MQTT 3.
  return version === '5.0' && code >= 0x80 ? RETRYABLE_5.has(code) : RETRYABLE_3.has(code)
}
