import type { ConnectionFailure } from '@/core/failure.ts'
import type { Profile } from '@/core/profile.ts'
import type { ServerLimits } from '@/core/session.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { PacketTap } from '../packetTap.ts'
import type { ReceivedPublish } from './inbox.ts'

/** Called in the order in which things happened on the wire; never before `openWire` has returned. */
export type WireListener = {
  connected(info: { sessionPresent: boolean; limits: ServerLimits }): void
  /** All PUBLISH packets of one WebSocket message, in order (QoS 0, 1 and 2; duplicates included). */
  received(publishes: ReceivedPublish[]): void
  /** A PUBREL: answer with a pubcomp once the owner has forgotten the id durably. */
  released(packetId: number): void
  pinged(roundTrip: Milliseconds): void
  /** Once, and nothing after it. Undefined when `close` ended it. */
  ended(failure: ConnectionFailure | undefined): void
}

export type WireOptions = {
  profile: Profile
  clientId: string
  pageProtocol: 'http:' | 'https:'
  /**
   * Packet identifiers of QoS 2 that the server's session may still hold from earlier wires, empty at
   * first. The wire keeps it up to date, and releases them when the session is resumed; the caller keeps
   * it for the next wire to the same session. Without it they are released when they are used again.
   */
  unreleased?: Set<number>
  /** Sees every packet of this wire, both ways. */
  tap?: PacketTap
  /** Look for the cause when the WebSocket does not open; it takes one more of them. */
  isExamined?: boolean
}
