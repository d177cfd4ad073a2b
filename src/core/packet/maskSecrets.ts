import type { MqttVersion } from '../profile.ts'
import type { Bytes } from '../units.ts'
import { controlPacketOf, type ControlPacket } from './controlPacket.ts'
import { dissect } from './dissect.ts'

const MASK = 0x2a // *

/** The packets that may hold a password or authentication data (MQTT 5.0 §3.1.3.6, §3.15.2.2.3). */
const WITH_SECRETS: ReadonlySet<ControlPacket> = new Set(['CONNECT', 'CONNACK', 'AUTH'])

/**
 * Overwrites passwords and authentication data in the bytes that were kept of a packet of `size` bytes.
 * What could not be read of such a packet may hold one, so it is overwritten as well.
 */
export function maskSecrets(bytes: Uint8Array, size: Bytes, version: MqttVersion): void {
  if (!WITH_SECRETS.has(controlPacketOf(bytes[0] ?? 0))) return
  const { fields, end } = dissect(bytes, size, version)
  for (const field of fields) {
    if (field.value.kind === 'secret') bytes.fill(MASK, field.value.from, field.end)
  }
  bytes.fill(MASK, end)
}
