import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Broker, type BrokerOptions } from '../../../../broker/broker.ts'
import { mountBroker } from '../../../../broker/node/mount.ts'

/** The embedded broker on a port of its own. */
export type Served = { broker: Broker; port: number; stop(): Promise<void> }

export async function serveBroker(options: BrokerOptions = {}): Promise<Served> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const broker = new Broker(options)
  const unmount = mountBroker(server, broker)
  return {
    broker,
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      broker.close()
      unmount()
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}
