import type { ISubscription } from 'mqtt-packet'
import type { QoS } from '../src/core/message.ts'
import { filterPath } from './filterPath.ts'
import type { Client } from './hooks.ts'
import type { Hub } from './hub.ts'
import type { ISubscribePacket, IUnsubscribePacket } from './packet.ts'
import { REASON, Violation } from './reason.ts'
import type { Session } from './session.ts'
import type { FilterPath, Subscription } from './subscription.ts'

/** The answer to one filter: its code, and how the retained messages follow the SUBACK. */
export type Granted = { code: number; sendRetained: () => void }

/**
 * Carries out a SUBSCRIBE (MQTT 5.0 §3.8): one answer for each filter, in their order. Throws a
 * `Violation` for what ends the connection.
 */
export function subscribe(
  hub: Hub,
  session: Session,
  client: Client,
  packet: ISubscribePacket,
): Granted[] {
  if (packet.subscriptions.length === 0) {
    throw new Violation(REASON.protocolError, 'A SUBSCRIBE has no filter')
  }
  const identifier = packet.properties?.subscriptionIdentifier
  return packet.subscriptions.map((request) => grant(hub, session, client, request, identifier))
}

function grant(
  hub: Hub,
  session: Session,
  client: Client,
  request: ISubscription,
  identifier: number | undefined,
): Granted {
  const scripted = hub.faults.suback(client.clientId, request.topic)
  if (scripted !== undefined) return refused(scripted)
  const path = filterPath(request.topic)
  if (path === undefined) return refused(REASON.topicFilterInvalid)
  if (path.group !== undefined && request.nl === true) {
    throw new Violation(REASON.protocolError, 'No Local on a shared subscription')
  }
  if (!hub.hooks.maySubscribe(client, request.topic)) return refused(REASON.notAuthorized)
  const qos = Math.min(request.qos, hub.limits.maximumQoS) as QoS
  const subscription = newSubscription(request, qos, identifier)
  const isNew = !session.subscriptions.has(request.topic)
  session.subscriptions.set(request.topic, subscription)
  hub.subscriptions.add(path, session, subscription)
  const wanted =
    path.group === undefined &&
    (subscription.retainHandling === 0 || (subscription.retainHandling === 1 && isNew))
  return { code: qos, sendRetained: () => wanted && sendRetained(hub, session, path, subscription) }
}

function refused(code: number): Granted {
  return { code, sendRetained: () => undefined }
}

function newSubscription(
  request: ISubscription,
  qos: QoS,
  identifier: number | undefined,
): Subscription {
  const retainHandling = request.rh === 1 || request.rh === 2 ? request.rh : 0
  return {
    filter: request.topic,
    qos,
    noLocal: request.nl === true,
    retainAsPublished: request.rap === true,
    retainHandling,
    ...(identifier !== undefined && { identifier }),
  }
}

function sendRetained(
  hub: Hub,
  session: Session,
  path: FilterPath,
  subscription: Subscription,
): void {
  for (const message of hub.retained.matching(path.levels.join('/'))) {
    if (subscription.noLocal && message.publisher === session.clientId) continue
    const qos = message.qos < subscription.qos ? message.qos : subscription.qos
    const { identifier } = subscription
    const identifiers = identifier === undefined ? [] : [identifier]
    session.outbound.deliver({ message, qos, retain: true, identifiers })
  }
}

/** Carries out an UNSUBSCRIBE (§3.10): one reason code for each filter, in their order. */
export function unsubscribe(hub: Hub, session: Session, packet: IUnsubscribePacket): number[] {
  if (packet.unsubscriptions.length === 0) {
    throw new Violation(REASON.protocolError, 'An UNSUBSCRIBE has no filter')
  }
  return packet.unsubscriptions.map((filter) => {
    const scripted = hub.faults.unsuback(session.clientId, filter)
    if (scripted !== undefined) return scripted
    const path = filterPath(filter)
    if (path === undefined) return REASON.topicFilterInvalid
    if (!session.subscriptions.delete(filter)) return REASON.noSubscriptionExisted
    hub.subscriptions.remove(path, session)
    return REASON.success
  })
}
