import { PacketWriter, wholePacket } from './packetWriter.ts'

/** Continue authentication (MQTT 5.0 §3.15.2.1). */
export const CONTINUE_AUTHENTICATION = 0x18

const AUTH = 0xf0
const METHOD = 0x15
const DATA = 0x16

/** An AUTH that goes on with an exchange, whole (MQTT 5.0 §3.15). The data have at most 65,535 bytes. */
export function encodeAuth(method: string, data: Uint8Array): Uint8Array {
  const properties = new PacketWriter()
  properties.dataProperty(METHOD, method)
  properties.dataProperty(DATA, data)
  const body = new PacketWriter()
  body.byte(CONTINUE_AUTHENTICATION)
  body.properties(properties)
  return wholePacket(AUTH, body)
}
