import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { Broker } from '../../broker/broker.ts'
import { bridge } from '../../broker/node/bridge.ts'
import { startMosquitto, type Mosquitto } from '../../broker/node/mosquitto.ts'
import type { MosquittoOptions } from '../../broker/node/mosquittoFiles.ts'
import type { Limits } from '../../broker/limits.ts'
import { mountBroker } from '../../broker/node/mount.ts'
import { scramServer, type ScramServerOptions } from '../../broker/node/scramServer.ts'

export type BrokerKind = 'embedded' | 'mosquitto'

/** A broker of one test's own, and the ways to it. */
export type TestBroker = {
  kind: BrokerKind
  /** The last part of its WebSocket's path on the site. */
  path: 'mqtt' | 'mosquitto'
  /** On 127.0.0.1: plain MQTT, for the devices of a test and for what stands in between. */
  tcpPort: number
  /** Lets WebSockets of the server reach it under the given path. */
  mount(server: HttpServer, path: string): () => void
  /** Only of the kind `embedded`, for scripted faults. */
  embedded: Broker
  /** Client ids that two clients had at a time, as far as the embedded broker tells. */
  takenOver: string[]
  /** Only of the kind `mosquitto`, to kill and restart it. */
  mosquitto: Mosquitto
  stop(): Promise<void>
}

/** MQTT 5.0 §3.14.2.1. */
const SESSION_TAKEN_OVER = 0x8e

/** Starts a broker; the options are those of mosquitto, the others are for the embedded one. */
export function startBroker(
  kind: BrokerKind,
  options: MosquittoOptions,
  scram: ScramServerOptions,
  limits: Partial<Limits>,
): Promise<TestBroker> {
  return kind === 'embedded' ? startEmbedded(scram, limits) : startReal(options)
}

async function startEmbedded(
  scram: ScramServerOptions,
  limits: Partial<Limits>,
): Promise<TestBroker> {
  const takenOver: string[] = []
  const broker = new Broker({
    ...limits,
    exchange: scramServer(scram),
    onPacket: ({ direction, clientId, packet }) => {
      const isTakeover = packet.cmd === 'disconnect' && packet.reasonCode === SESSION_TAKEN_OVER
      if (direction === 'out' && isTakeover) takenOver.push(clientId)
    },
  })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    attachSocket(broker, socket)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    kind: 'embedded',
    path: 'mqtt',
    tcpPort: (server.address() as AddressInfo).port,
    mount: (site, path) => mountBroker(site, broker, path, { hostNames: ['mqtab.test'] }),
    embedded: broker,
    takenOver,
    get mosquitto(): never {
      throw new Error('This test runs against the embedded broker')
    },
    stop: async () => {
      broker.close()
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function attachSocket(broker: Broker, socket: Socket): void {
  socket.setNoDelay(true)
  const connection = broker.attach({
    write: (bytes) => socket.write(bytes),
    close: () => socket.end(),
    unsent: () => socket.writableLength,
  })
  socket.on('data', (bytes) => connection.data(bytes))
  socket.on('close', () => connection.closed())
  // The close event follows and says all that matters.
  socket.on('error', () => undefined)
}

async function startReal(options: MosquittoOptions): Promise<TestBroker> {
  const mosquitto = await startMosquitto(options)
  return {
    kind: 'mosquitto',
    path: 'mosquitto',
    tcpPort: mosquitto.tcpPort,
    mount: (site, path) => bridge(site, path, mosquitto.tcpPort),
    get embedded(): never {
      throw new Error('This test runs against mosquitto')
    },
    mosquitto,
    takenOver: [],
    stop: () => mosquitto.stop(),
  }
}
