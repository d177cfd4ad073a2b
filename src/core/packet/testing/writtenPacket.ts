import { generate, type Packet } from 'mqtt-packet'
import type { MqttVersion } from '../../profile.ts'

/** A packet as mqtt-packet writes it. */
export type WrittenPacket = { version: MqttVersion; level: Level; bytes: Uint8Array }

/** How CONNECT says the version. */
export type Level = 3 | 4 | 5

const VERSIONS = { 3: '3.1', 4: '3.1.1', 5: '5.0' } as const

/** The bytes that mqtt-packet makes of a packet. */
export function write(packet: object, level: Level): WrittenPacket {
  const protocol = { protocolVersion: level, protocolId: level === 3 ? 'MQIsdp' : 'MQTT' }
  const isConnect = 'cmd' in packet && packet.cmd === 'connect'
  const whole = isConnect ? { ...packet, ...protocol } : packet
  // Its types know neither repeated values nor codes before MQTT 5.
  const bytes = generate(whole as unknown as Packet, { protocolVersion: level })
  return { version: VERSIONS[level], level, bytes: Uint8Array.from(bytes) }
}
