import type { DisconnectRequest } from '../disconnect.ts'
import { PacketWriter, wholePacket } from './packetWriter.ts'

/** DISCONNECT of MQTT 3, and the shortest of MQTT 5 (§3.14.2.1): normal disconnection. */
const PLAIN = Uint8Array.of(0xe0, 0)

/** A whole DISCONNECT (MQTT 5.0 §3.14). Before MQTT 5 it says nothing. */
export function encodeDisconnect(request: DisconnectRequest, isMqtt5: boolean): Uint8Array {
  if (!isMqtt5) return PLAIN
  const { reasonCode, sessionExpiryInterval, reasonString, userProperties } = request
  const properties = new PacketWriter()
  properties.numberProperty(0x11, 4, sessionExpiryInterval)
  properties.dataProperty(0x1f, reasonString)
  properties.userProperties(userProperties)
  if (reasonCode === 0 && properties.bytes.length === 0) return PLAIN
  const body = new PacketWriter()
  body.byte(reasonCode)
  body.properties(properties)
  return wholePacket(0xe0, body)
}
