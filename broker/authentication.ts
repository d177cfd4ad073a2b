import type { AuthenticationExchange, AuthenticationStep } from './hooks.ts'
import type { ClientPacket, IAuthPacket, IConnackPacket } from './packet.ts'
import { REASON, Violation } from './reason.ts'

/** Continue authentication (MQTT 5.0 §3.15.2.1). */
const CONTINUE = 0x18

/** An exchange between CONNECT and CONNACK (MQTT 5.0 §4.12). */
export class Authentication {
  readonly #method: string
  readonly #exchange: AuthenticationExchange

  constructor(method: string, exchange: AuthenticationExchange) {
    this.#method = method
    this.#exchange = exchange
  }

  /** Takes the data of the CONNECT; none are empty data. */
  begin(data: Uint8Array | undefined): AuthenticationStep {
    return this.#exchange(data ?? new Uint8Array())
  }

  /** Takes the client's next packet. Throws a `Violation` for one that does not go on with the exchange. */
  goOn(packet: ClientPacket): AuthenticationStep {
    if (packet.cmd !== 'auth' || packet.reasonCode !== CONTINUE) {
      throw new Violation(REASON.protocolError, `${packet.cmd} within an authentication exchange`)
    }
    const { authenticationMethod, authenticationData } = packet.properties ?? {}
    if (authenticationMethod !== this.#method) {
      throw new Violation(REASON.protocolError, 'The authentication method has changed')
    }
    return this.begin(authenticationData)
  }

  /** The AUTH that asks for more. */
  question(data: Uint8Array): IAuthPacket {
    return { cmd: 'auth', reasonCode: CONTINUE, properties: this.properties(data) }
  }

  /** What AUTH and CONNACK say of the exchange (§3.2.2.3.17). */
  properties(data: Uint8Array | undefined): NonNullable<IConnackPacket['properties']> {
    const authenticationMethod = this.#method
    // Here mqtt-packet really writes nothing but its Buffers.
    return { authenticationMethod, ...(data && { authenticationData: Buffer.from(data) }) }
  }
}
