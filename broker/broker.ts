import type { PublishProperties, QoS } from '../src/core/message.ts'
import { systemClock, type Clock } from './clock.ts'
import { Connection } from './connection.ts'
import type { Faults } from './faults.ts'
import { OPEN_HOOKS, type Hooks } from './hooks.ts'
import { Hub } from './hub.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { newMessage } from './message.ts'
import { REASON } from './reason.ts'
import type { Attachment, Transport } from './transport.ts'

/** All optional: limits (see `limits.ts`), hooks (see `hooks.ts`), and where the time comes from. */
export type BrokerOptions = Partial<Limits> & Partial<Hooks> & { clock?: Clock }

/** A client as the broker knows it. */
export type ClientState = { clientId: string; connected: boolean; filters: string[] }

/**
 * A small MQTT broker (3.1, 3.1.1 and 5.0) for learning and tests. It knows no sockets: whoever has a
 * transport attaches it. All state is in memory.
 */
export class Broker {
  readonly #hub: Hub
  readonly #connections = new Set<Connection>()
  #closed = false

  constructor(options: BrokerOptions = {}) {
    const { clock = systemClock, ...others } = options
    this.#hub = new Hub({ ...DEFAULT_LIMITS, ...others }, { ...OPEN_HOOKS, ...others }, clock)
  }

  /** What goes wrong on purpose; see `faults.ts`. */
  get faults(): Faults {
    return this.#hub.faults
  }

  /** Takes a new transport; the client's CONNECT is expected from it. */
  attach(transport: Transport): Attachment {
    const connection = new Connection(this.#hub, transport, (gone) =>
      this.#connections.delete(gone),
    )
    this.#connections.add(connection)
    if (this.#closed) connection.cut()
    return connection
  }

  /** Publishes a message of the broker's own; gives the number of sessions that get it. */
  publish(
    topic: string,
    payload: Uint8Array,
    options: { qos?: QoS; retain?: boolean; properties?: PublishProperties } = {},
  ): number {
    const { qos = 0, retain = false, properties = {} } = options
    const message = { topic, payload, qos, retain, properties, publisher: '' }
    return this.#hub.publish(newMessage(message, this.#hub.clock))
  }

  /** Every client that has a session, connected or not. */
  clients(): ClientState[] {
    return this.#hub.sessions.all().map(({ clientId, link, subscriptions }) => ({
      clientId,
      connected: link !== undefined,
      filters: [...subscriptions.keys()],
    }))
  }

  /**
   * Ends the client's connection; a client of MQTT 5 gets a DISCONNECT with the reason. Its will is
   * published. False when the client is not connected.
   */
  disconnect(clientId: string, reasonCode: number, reasonString?: string): boolean {
    const link = this.#hub.sessions.find(clientId)?.link
    link?.end(reasonCode, reasonString)
    return link !== undefined
  }

  /** Closes the client's transport without a word. False when the client is not connected. */
  cut(clientId: string): boolean {
    const link = this.#hub.sessions.find(clientId)?.link
    link?.cut()
    return link !== undefined
  }

  /** Ends every connection and forgets everything; no will is published and no timer stays. */
  close(): void {
    this.#closed = true
    this.#hub.muted = true
    for (const connection of [...this.#connections]) {
      connection.end(REASON.serverShuttingDown, 'The broker shuts down')
    }
    this.#hub.sessions.clear()
    this.#hub.retained.clear()
  }
}
