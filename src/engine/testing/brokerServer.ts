import { createServer, type Server } from 'node:http'
import { Broker, type BrokerOptions } from '../../../broker/broker.ts'
import { mountBroker } from '../../../broker/node/mount.ts'

/** The embedded broker on a port of its own. */
export class BrokerServer {
  readonly broker: Broker
  readonly port: number
  readonly #server: Server

  private constructor(broker: Broker, server: Server, port: number) {
    this.broker = broker
    this.#server = server
    this.port = port
  }

  /** `port` 0: any that is free. */
  static async start(options: BrokerOptions = {}, port = 0): Promise<BrokerServer> {
    const server = createServer()
    const broker = new Broker(options)
    mountBroker(server, broker)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('There is no port')
    return new BrokerServer(broker, server, address.port)
  }

  async stop(): Promise<void> {
    this.broker.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Publishes text from the broker itself; gives how many sessions get it. */
  publish(
    topic: string,
    text: string,
    options: { qos?: 0 | 1 | 2; retain?: boolean } = {},
  ): number {
    return this.broker.publish(topic, new TextEncoder().encode(text), options)
  }
}
