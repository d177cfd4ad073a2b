import type { QoS, UserProperty } from '../message.ts'
import type { RetainHandling } from '../subscription.ts'
import { PacketWriter } from './packetWriter.ts'

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
  return packet(0x82, body)
}

/** A whole UNSUBSCRIBE (MQTT 5.0 §3.10, 3.1.1 §3.10). */
export function encodeUnsubscribe(
  filters: readonly string[],
  userProperties: readonly UserProperty[] | undefined,
  { packetId, isMqtt5 }: { packetId: number; isMqtt5: boolean },
): Uint8Array {
  const body = beginBody(packetId, isMqtt5, { userProperties })
  for (const filter of filters) body.text(filter)
  return packet(0xa2, body)
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
  for (const { name, value } of userProperties) {
    properties.byte(0x26)
    properties.text(name)
    properties.text(value)
  }
  body.variableInteger(properties.bytes.length)
  body.raw(properties.bytes)
  return body
}

function packet(firstByte: number, { bytes }: PacketWriter): Uint8Array {
  const whole = new PacketWriter(bytes.length + 5)
  whole.byte(firstByte)
  whole.variableInteger(bytes.length)
  whole.raw(bytes)
  return whole.bytes
}
