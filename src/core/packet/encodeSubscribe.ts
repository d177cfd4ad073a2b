import type { QoS, UserProperty } from '../message.ts'
import type { RetainHandling } from '../subscription.ts'
import { PacketWriter, wholePacket } from './packetWriter.ts'

/** One filter of a SUBSCRIBE with its options (MQTT 5.0 §3.8.3.1); before MQTT 5 there is only the QoS. */
export type SubscribeFilter = {
  filter: string
  qos: QoS
  noLocal: boolean
  retainAsPublished: boolean
  retainHandling: RetainHandling
}

/** What all filters of one packet share; both are of MQTT 5 only. */
export type SubscribeProperties = {
  subscriptionIdentifier?: number | undefined
  userProperties?: readonly UserProperty[] | undefined
}

/** A whole SUBSCRIBE (MQTT 5.0 §3.8, 3.1.1 §3.8), its filters and user properties in their order. */
export function encodeSubscribe(
  filters: readonly SubscribeFilter[],
  properties: SubscribeProperties,
  { packetId, isMqtt5 }: { packetId: number; isMqtt5: boolean },
): Uint8Array {
  const body = beginBody(packetId, isMqtt5, properties)
  for (const { filter, qos, noLocal, retainAsPublished, retainHandling } of filters) {
    body.text(filter)
    const flags = (noLocal ? 4 : 0) | (retainAsPublished ? 8 : 0) | (retainHandling << 4)
    body.byte(isMqtt5 ? qos | flags : qos)
  }
  return wholePacket(0x82, body)
}

/** A whole UNSUBSCRIBE (MQTT 5.0 §3.10, 3.1.1 §3.10). */
export function encodeUnsubscribe(
  filters: readonly string[],
  userProperties: readonly UserProperty[] | undefined,
  { packetId, isMqtt5 }: { packetId: number; isMqtt5: boolean },
): Uint8Array {
  const body = beginBody(packetId, isMqtt5, { userProperties })
  for (const filter of filters) body.text(filter)
  return wholePacket(0xa2, body)
}

function beginBody(
  packetId: number,
  isMqtt5: boolean,
  { subscriptionIdentifier, userProperties = [] }: SubscribeProperties,
): PacketWriter {
  const body = new PacketWriter()
  body.twoBytes(packetId)
  if (!isMqtt5) return body
  const properties = new PacketWriter()
  if (subscriptionIdentifier !== undefined) {
    properties.byte(0x0b)
    properties.variableInteger(subscriptionIdentifier)
  }
  properties.userProperties(userProperties)
  body.properties(properties)
  return body
}
