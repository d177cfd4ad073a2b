import type { Bytes } from '../src/core/units.ts'
import type { ServerPacket } from './packet.ts'
import type { ProtocolLevel } from './protocolLevel.ts'
import type { PublishPacket } from './publishPacket.ts'

/** What a session knows of the connection that it has at the moment. */
export type Link = {
  readonly level: ProtocolLevel
  /** How many QoS 1 and 2 messages the client takes at a time (MQTT 5.0 §3.1.2.11.3). */
  readonly receiveMaximum: number
  readonly maximumPacketSize: Bytes
  send(packet: ServerPacket): void
  /** Sends the message, or returns false when it is larger than the client takes (§3.1.2.11.4). */
  publish(packet: PublishPacket): boolean
  /** Ends the connection from the broker's side; MQTT 5 clients get a DISCONNECT with the reason. */
  end(reasonCode: number, reasonString?: string): void
  /** Closes the transport without a word. */
  cut(): void
}
