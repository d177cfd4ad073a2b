import {
  clientIdFromBytes,
  connectionIdFromBytes,
  correlationFromBytes,
  subscriptionIdFromBytes,
  type ConnectionId,
  type SubscriptionId,
} from '@/core/id.ts'

/** An id for a connection that is about to be made. */
export function freshConnectionId(): ConnectionId {
  return connectionIdFromBytes(crypto.getRandomValues(new Uint8Array(8)))
}

/** A client id that no other client has: two with the same one throw each other out. */
export function freshClientId(): string {
  return clientIdFromBytes(crypto.getRandomValues(new Uint8Array(4)))
}

/** Correlation data that no other request has. */
export function freshCorrelation(): string {
  return correlationFromBytes(crypto.getRandomValues(new Uint8Array(8)))
}

/** An id for a new subscription. */
export function freshSubscriptionId(): SubscriptionId {
  return subscriptionIdFromBytes(crypto.getRandomValues(new Uint8Array(8)))
}
