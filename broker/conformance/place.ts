import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { IClientOptions } from 'mqtt'
import { afterAll, beforeAll, describe } from 'vitest'
import { Broker, type BrokerOptions } from '../broker.ts'
import { bridge } from '../node/bridge.ts'
import { startMosquitto, type Mosquitto } from '../node/mosquitto.ts'
import type { MosquittoOptions } from '../node/mosquittoFiles.ts'
import { mountBroker } from '../node/mount.ts'
import type { ProtocolLevel } from '../protocolLevel.ts'
import { FENCE, TestClient } from './testClient.ts'

const MEBIBYTE = 1024 * 1024

export type PlaceOptions = {
  embedded?: BrokerOptions
  mosquitto?: MosquittoOptions
  sequential?: boolean
}

/** One of the two brokers behind a WebSocket of this machine, and the clients of its checks. */
export class Place {
  readonly name: 'embedded' | 'mosquitto'
  url = ''
  readonly #options: PlaceOptions
  readonly #clients: TestClient[] = []
  #server: Server | undefined
  #broker: Broker | undefined
  #mosquitto: Mosquitto | undefined
  #count = 0

  constructor(name: 'embedded' | 'mosquitto', options: PlaceOptions) {
    this.name = name
    this.#options = options
  }

  get isMosquitto(): boolean {
    return this.name === 'mosquitto'
  }

  async start(): Promise<void> {
    const server = createServer().listen(0, '127.0.0.1')
    this.#server = server
    await once(server, 'listening')
    this.url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mqtt`
    if (this.isMosquitto) {
      // By default it drops what is queued above 1,000 without a word.
      const config = ['max_queued_messages 0', ...(this.#options.mosquitto?.config ?? [])]
      this.#mosquitto = await startMosquitto({ ...this.#options.mosquitto, config })
      bridge(server, '/mqtt', this.#mosquitto.tcpPort)
    } else {
      this.#broker = new Broker({ maximumPacketSize: 20 * MEBIBYTE, ...this.#options.embedded })
      mountBroker(server, this.#broker, '/mqtt', { maximumMessage: 20 * MEBIBYTE })
    }
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.discard()
    this.#broker?.close()
    await this.#mosquitto?.stop()
    this.#server?.closeAllConnections()
    this.#server?.close()
  }

  /** A word that no other check uses, for client ids and the first level of topics. */
  word(): string {
    return `check${++this.#count}`
  }

  /** Opens a client without waiting for its CONNACK. */
  open(level: ProtocolLevel, options: Partial<IClientOptions> = {}): TestClient {
    const client = new TestClient(this.url, level, options)
    this.#clients.push(client)
    return client
  }

  /** A client that is connected; clean, and with an id of its own, unless told otherwise. */
  async connect(level: ProtocolLevel, options: Partial<IClientOptions> = {}): Promise<TestClient> {
    const client = this.open(level, { clientId: this.word(), ...options })
    await client.connack()
    return client
  }

  /**
   * Resolves when everything that was published before has reached the client: a last message goes the
   * same way behind it, so that a check can say what did not come without waiting for a time.
   */
  async fence(publisher: TestClient, client: TestClient): Promise<void> {
    const topic = `${this.word()}${FENCE}`
    await client.subscribe(topic, { qos: 1 })
    await publisher.publish(topic, '', { qos: 1 })
    await client.until('the fence', () => client.all('publish').some((one) => one.topic === topic))
  }
}

/** Defines the checks once for each broker. They run side by side unless `sequential` says otherwise. */
export function onBothBrokers(checks: (at: Place) => void, options: PlaceOptions = {}): void {
  const suite = options.sequential === true ? describe : describe.concurrent
  suite.each(['embedded', 'mosquitto'] as const)('%s', { timeout: 60_000 }, (name) => {
    const at = new Place(name, options)
    beforeAll(() => at.start())
    afterAll(() => at.stop())
    checks(at)
  })
}

/** The properties of a session that outlives its connection, as each version says it. */
export function lasting(level: ProtocolLevel, sessionExpiryInterval = 60): Partial<IClientOptions> {
  return level === 5 ? { clean: false, properties: { sessionExpiryInterval } } : { clean: false }
}
