/** Names one saved connection for its whole life; 16 hex digits. */
export type ConnectionId = string & { readonly ConnectionId: unique symbol }

/** Names one subscription of one connection; 16 hex digits. */
export type SubscriptionId = string & { readonly SubscriptionId: unique symbol }

/**
 * The id of a new connection, made from 8 random bytes. The caller brings the randomness
 * (`crypto.getRandomValues`, which, unlike `crypto.randomUUID`, also exists on plain http), because
 * `core` has none.
 */
export function connectionIdFromBytes(random: Uint8Array): ConnectionId {
  return hex(random.subarray(0, 8)) as ConnectionId
}

/** The id of a new subscription, made from 8 random bytes. */
export function subscriptionIdFromBytes(random: Uint8Array): SubscriptionId {
  return hex(random.subarray(0, 8)) as SubscriptionId
}

/** A client id of MQTab's own: `mqtab_` and 8 hex digits made from 4 random bytes. */
export function clientIdFromBytes(random: Uint8Array): string {
  return `mqtab_${hex(random.subarray(0, 4))}`
}

/** Correlation data for a request, made from 8 random bytes: 16 hex digits, which can be read anywhere. */
export function correlationFromBytes(random: Uint8Array): string {
  return hex(random.subarray(0, 8))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
