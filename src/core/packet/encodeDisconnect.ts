import type { DisconnectRequest } from '../disconnect.ts'
import { PacketWriter } from './packetWriter.ts'

/** DISCONNECT of MQTT 3, and the shortest of MQTT 5 (§3.14.2.1): normal disconnection. */
const PLAIN = Uint8Array.of(0xe0, 0)

/** A whole DISCONNECT (MQTT 5.0 §3.14). Before MQTT 5 it says nothing. */
export function encodeDisconnect(request: DisconnectRequest, isMqtt5: boolean): Uint8Array {
  if (!isMqtt5) return PLAIN
  const { reasonCode, sessionExpiryInterval, reasonString, userProperties } = request
  const properties = new PacketWriter()
  if (sessionExpiryInterval !== undefined) {
    properties.byte(0x11)
    properties.fourBytes(sessionExpiryInterval)
  }
  if (reasonString !== undefined) {
    properties.byte(0x1f)
    properties.text(reasonString)
  }
  for (const { name, value } of userProperties) {
    properties.byte(0x26)
    properties.text(name)
    properties.text(value)
  }
  const { bytes } = properties
  if (reasonCode === 0 && bytes.length === 0) return PLAIN
  const body = new PacketWriter()
  body.byte(reasonCode)
  body.variableInteger(bytes.length)
  body.raw(bytes)
  const packet = new PacketWriter()
  packet.byte(0xe0)
  packet.variableInteger(body.bytes.length)
  packet.raw(body.bytes)
  return packet.bytes
}
