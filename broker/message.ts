import type { PublishProperties, QoS } from '../src/core/message.ts'
import type { EpochMs } from '../src/core/units.ts'
import type { Clock } from './clock.ts'

/** A message inside the broker, between the publisher and those who receive it. */
export type Message = {
  topic: string
  payload: Uint8Array
  qos: QoS
  /** As published. Subscribers see it only with Retain As Published (MQTT 5.0 §3.8.3.1). */
  retain: boolean
  /** Without the topic alias, which belongs to one connection. */
  properties: PublishProperties
  /** The client id, for No Local; empty when the broker itself published it. */
  publisher: string
  /** After this moment it is sent to nobody any more (§3.3.2.3.3). */
  expiresAt?: EpochMs
}

/** One message on its way to one session, as its subscriptions ask for it. */
export type Delivery = {
  message: Message
  qos: QoS
  retain: boolean
  /** The identifiers of every subscription of the session that matched. */
  identifiers: number[]
}

/** Starts the message's life: its expiry interval, in seconds, counts from now. */
export function newMessage(message: Omit<Message, 'expiresAt'>, clock: Clock): Message {
  const interval = message.properties.messageExpiryInterval
  if (interval === undefined) return message
  return { ...message, expiresAt: clock.now() + interval * 1000 }
}

export function isExpired(message: Message, clock: Clock): boolean {
  return message.expiresAt !== undefined && clock.now() > message.expiresAt
}

/** The properties to send now: the expiry interval is less by the time that the message waited. */
export function outgoingProperties(delivery: Delivery, clock: Clock): PublishProperties {
  const { message, identifiers } = delivery
  const properties = { ...message.properties }
  if (identifiers.length > 0) properties.subscriptionIdentifiers = identifiers
  if (message.expiresAt !== undefined) {
    const left = Math.ceil((message.expiresAt - clock.now()) / 1000)
    properties.messageExpiryInterval = Math.max(left, 0)
  }
  return properties
}
