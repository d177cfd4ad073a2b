import type { DisconnectRequest } from '@/core/disconnect.ts'
import type { PublishFailure } from '@/core/failure.ts'
import type { OutgoingMessage } from '@/core/message.ts'
import type { Acknowledgement } from '@/core/packet/acknowledgement.ts'
import { LiveWire } from './liveWire.ts'
import type { Handshake } from './publishing.ts'
import type { WebSocketConstructor } from './socket.ts'
import type { SubscribeAnswer, UnsubscribeAnswer } from './subscribing.ts'
import type { EndRequest, FilterRequest } from './subscribePackets.ts'
import type { WireListener, WireOptions } from './wireOptions.ts'

export type { WireListener, WireOptions } from './wireOptions.ts'
export type { ReceivedPublish } from './inbox.ts'
export type { Handshake } from './publishing.ts'
export type { SubscribeAnswer, UnsubscribeAnswer } from './subscribing.ts'

/** One connection to a broker, from the opening of its WebSocket to its end. It never reconnects. */
export interface Wire {
  /** Groups by subscription identifier into as few SUBSCRIBE packets as possible; answers in the order of the requests. */
  subscribe(requests: readonly FilterRequest[]): Promise<SubscribeAnswer[]>
  unsubscribe(requests: readonly EndRequest[]): Promise<UnsubscribeAnswer[]>
  publish(message: OutgoingMessage): { failure: PublishFailure } | Handshake
  /** Sends these in one WebSocket message, in order. Called only after the commit that stored the messages. */
  acknowledge(acknowledgements: readonly Acknowledgement[]): void
  /** Sends a PINGREQ at once; `answered` is called for its PINGRESP, after `pinged`. */
  ping(answered: () => void): void
  /** DISCONNECT, then close; `ended(undefined)` within 2 s. Only MQTT 5 says what is asked for. */
  close(request?: DisconnectRequest): void
  /** Closes the socket without DISCONNECT; `ended({ code: 'dropped' })`. */
  drop(): void
}

/**
 * Never throws: every failure comes through `ended`. `WebSocketClass` is for hosts without a WebSocket of
 * their own.
 */
export function openWire(
  options: WireOptions,
  listener: WireListener,
  WebSocketClass: WebSocketConstructor = WebSocket,
): Wire {
  return new LiveWire(options, listener, WebSocketClass)
}
