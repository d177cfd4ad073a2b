import type { ClientPacket, ServerPacket } from './packet.ts'
import type { ProtocolLevel } from './protocolLevel.ts'
import { REASON } from './reason.ts'

/** Who sits at the other end of a connection. */
export type Client = { clientId: string; username: string | undefined }

/** What a CONNECT brings to prove that. */
export type Login = Client & { password: Uint8Array | undefined; level: ProtocolLevel }

/** What comes of one message of an authentication exchange (MQTT 5.0 §4.12). */
export type AuthenticationStep =
  /** An AUTH asks the client for its next message. */
  | { state: 'continue'; data: Uint8Array }
  /** The CONNACK lets it in, with the last message of the exchange. */
  | { state: 'accepted'; data?: Uint8Array }
  /** The CONNACK says why not. */
  | { state: 'refused'; reasonCode: number }

/** One exchange: takes the client's next message. */
export type AuthenticationExchange = (data: Uint8Array) => AuthenticationStep

/** One packet as the broker read or wrote it; for tests that ask what really went over the wire. */
type PacketTrace =
  | { direction: 'in'; clientId: string; packet: ClientPacket }
  | { direction: 'out'; clientId: string; packet: ServerPacket }

/** Decisions that the broker leaves to whoever runs it, and what it tells them. */
export type Hooks = {
  /** The reason code of the CONNACK: 0 accepts, 0x86 or 0x87 refuse (4 and 5 for MQTT 3 clients). */
  authenticate(login: Login): number
  /**
   * Begins an exchange by the Authentication Method of a CONNECT, which `authenticate` is then not asked
   * about. Undefined: there is no such method here (0x8C).
   */
  exchange(method: string, login: Login): AuthenticationExchange | undefined
  /** False: SUBACK 0x87, for MQTT 3 clients 0x80. */
  maySubscribe(client: Client, filter: string): boolean
  /** False: PUBACK or PUBREC 0x87; MQTT 3 clients are told nothing. Wills are asked for as well. */
  mayPublish(client: Client, topic: string): boolean
  onPacket(trace: PacketTrace): void
  /** A mistake of the broker or of a hook. The client that met it loses its connection. */
  onError(error: unknown): void
}

/** Everybody may do everything, nobody listens. */
export const OPEN_HOOKS: Hooks = {
  authenticate: () => REASON.success,
  exchange: () => undefined,
  maySubscribe: () => true,
  mayPublish: () => true,
  onPacket: () => undefined,
  onError: (error) => console.error(error),
}
