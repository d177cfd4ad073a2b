/** Why a connection ended, from what ended it. Facts only; the page has the words. */
import type { ConnectionFailure } from '@/core/failure.ts'
import type { MqttVersion } from '@/core/profile.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { Connack, ServerPacket } from './serverPacket.ts'
import type { SocketClosed } from './socket.ts'

/** How far a connection had come: the WebSocket not open yet, no CONNACK yet, or beyond it. */
export type Progress = 'opening' | 'handshake' | 'connected'

/** The WebSocket to `url` closed `after` its beginning. */
export function closeFailure(
  { code, reason, wasClean }: SocketClosed,
  { progress, url, after }: { progress: Progress; url: string; after: Milliseconds },
): ConnectionFailure {
  switch (progress) {
    case 'opening':
      return { code: 'unreachable', url, after: Math.round(after) }
    case 'handshake':
      return { code: 'closed-before-connack', url, closeCode: code, closeReason: reason }
    case 'connected':
      return { code: 'connection-lost', closeCode: code, closeReason: reason, clean: wasClean }
  }
}

/** A CONNACK that says no (MQTT 5.0 §3.2, 3.1.1 §3.2). */
export function refusalFailure(
  { reasonCode, properties }: Connack,
  version: MqttVersion,
): ConnectionFailure {
  return { code: 'refused', version, reasonCode, ...wordsOf(properties) }
}

/** A DISCONNECT of the server (MQTT 5.0 §3.14). */
export function disconnectFailure(
  packet: Extract<ServerPacket, { type: 'disconnect' }>,
): ConnectionFailure {
  return { code: 'server-disconnect', reasonCode: packet.reasonCode, ...wordsOf(packet) }
}

/** Something of the browser failed that nobody expected to. */
export function errorFailure(error: unknown): ConnectionFailure {
  return { code: 'unexpected', detail: error instanceof Error ? error.message : String(error) }
}

type Words = { reasonString?: string; serverReference?: string }

/** What a server says besides its code. */
function wordsOf({ reasonString, serverReference }: Words): Words {
  return {
    ...(reasonString !== undefined && { reasonString }),
    ...(serverReference !== undefined && { serverReference }),
  }
}
