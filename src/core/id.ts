/** Names one saved connection for its whole life; 16 hex digits. */
export type ConnectionId = string & { readonly ConnectionId: unique symbol }

/** Names one subscription of one connection; 16 hex digits. */
export type SubscriptionId = string & { readonly SubscriptionId: unique symbol }

/**
 * Makes an id from 8 random bytes. The caller brings the randomness (`crypto.getRandomValues`, which,
 * unlike `crypto.randomUUID`, also exists on plain http), because `core` has none.
 */
export function idFromBytes<Id extends ConnectionId | SubscriptionId>(random: Uint8Array): Id {
  return hex(random.subarray(0, 8)) as Id
}

/** A client id of MQTab's own: `mqtab_` and 8 hex digits made from 4 random bytes. */
export function clientIdFromBytes(random: Uint8Array): string {
  return `mqtab_${hex(random.subarray(0, 4))}`
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
