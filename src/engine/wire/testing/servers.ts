import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Broker, type BrokerOptions } from '../../../../broker/broker.ts'
import { bridge } from '../../../../broker/node/bridge.ts'
import { startMosquitto } from '../../../../broker/node/mosquitto.ts'
import { mountBroker } from '../../../../broker/node/mount.ts'

/** A broker that answers WebSockets at `/mqtt` of the port. */
export type Served = { port: number; stop(): Promise<void> }

/** The embedded broker. */
export async function serveBroker(
  options: BrokerOptions = {},
): Promise<Served & { broker: Broker }> {
  const { server, port } = await listen()
  const broker = new Broker(options)
  const unmount = mountBroker(server, broker)
  return {
    broker,
    port,
    stop: async () => {
      broker.close()
      unmount()
      await close(server)
    },
  }
}

/** Debian's mosquitto, behind a bridge that carries its TCP. */
export async function serveMosquitto(): Promise<Served> {
  const mosquitto = await startMosquitto({ config: ['max_queued_messages 0'] })
  const { server, port } = await listen()
  const unmount = bridge(server, '/mqtt', mosquitto.tcpPort)
  return {
    port,
    stop: async () => {
      unmount()
      await close(server)
      await mosquitto.stop()
    },
  }
}

async function listen() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

async function close(server: ReturnType<typeof createServer>): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  await closed
}
