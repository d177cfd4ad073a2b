import type { ConnectionFailure } from './failure.ts'
import type { MqttVersion } from './profile.ts'

/** The names of the reason codes of MQTT 5.0 from 0x80 on (§2.4). They mean the same in every packet. */
const REASONS_5: Readonly<Record<number, string>> = {
  0x80: 'Unspecified error',
  0x81: 'Malformed packet',
  0x82: 'Protocol error',
  0x83: 'Implementation specific error',
  0x84: 'Unsupported protocol version',
  0x85: 'Client identifier not valid',
  0x86: 'Bad user name or password',
  0x87: 'Not authorized',
  0x88: 'Server unavailable',
  0x89: 'Server busy',
  0x8a: 'Banned',
  0x8b: 'Server shutting down',
  0x8c: 'Bad authentication method',
  0x8d: 'Keep alive timeout',
  0x8e: 'Session taken over',
  0x8f: 'Topic filter invalid',
  0x90: 'Topic name invalid',
  0x91: 'Packet identifier in use',
  0x92: 'Packet identifier not found',
  0x93: 'Receive maximum exceeded',
  0x94: 'Topic alias invalid',
  0x95: 'Packet too large',
  0x96: 'Message rate too high',
  0x97: 'Quota exceeded',
  0x98: 'Administrative action',
  0x99: 'Payload format invalid',
  0x9a: 'Retain not supported',
  0x9b: 'QoS not supported',
  0x9c: 'Use another server',
  0x9d: 'Server moved',
  0x9e: 'Shared subscriptions not supported',
  0x9f: 'Connection rate exceeded',
  0xa0: 'Maximum connect time',
  0xa1: 'Subscription identifiers not supported',
  0xa2: 'Wildcard subscriptions not supported',
}

/** CONNACK return codes of MQTT 3.1 and 3.1.1 (3.1.1 §3.2.2.3). */
const RETURN_CODES_3: Readonly<Record<number, string>> = {
  1: 'Unacceptable protocol version',
  2: 'Identifier rejected',
  3: 'Server unavailable',
  4: 'Bad user name or password',
  5: 'Not authorized',
}

/** The specification's name of a reason code, or of a CONNACK return code of MQTT 3. */
export function reasonName(code: number): string {
  return REASONS_5[code] ?? RETURN_CODES_3[code] ?? 'Unknown reason'
}

/** A code as the specification writes it: `135 (0x87)`, or `5` for the return codes of MQTT 3. */
export function formatReasonCode(code: number): string {
  return code < 0x80 ? String(code) : `${code} (0x${code.toString(16).toUpperCase()})`
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
    case 'bad-url':
    case 'auth-exchange':
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

function isRetryable(version: MqttVersion, code: number): boolean {
  // A server that knows no MQTT 5 answers a CONNECT of it with a return code of MQTT 3.
  return version === '5.0' && code >= 0x80 ? RETRYABLE_5.has(code) : RETRYABLE_3.has(code)
}
