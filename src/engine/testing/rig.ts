import { createServer, type Server } from 'node:http'
import { WebSocket as NodeWebSocket } from 'ws'
import { Broker, type BrokerOptions } from '../../../broker/broker.ts'
import { mountBroker } from '../../../broker/node/mount.ts'
import { systemClock } from '../clock.ts'
import { EngineHost, type WorkerHost } from '../engineHost.ts'
import type { Place, SuccessionChannel } from '../succession.ts'
import { openWire, type Wire } from '../wire/wire.ts'
import { TestPage } from './testPage.ts'

/** The embedded broker on a port of its own. */
export class TestBroker {
  readonly broker: Broker
  readonly port: number
  readonly #server: Server

  private constructor(broker: Broker, server: Server, port: number) {
    this.broker = broker
    this.#server = server
    this.port = port
  }

  static async start(options: BrokerOptions = {}, port = 0): Promise<TestBroker> {
    const server = createServer()
    const broker = new Broker(options)
    mountBroker(server, broker)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port')
    return new TestBroker(broker, server, address.port)
  }

  async stop(): Promise<void> {
    this.broker.close()
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** An engine in this process, with real wires. `wires` are all that it ever opened. */
export type Rig = { host: EngineHost; page: TestPage; wires: Wire[] }

/** Starts an engine on the IndexedDB of this process, and welcomes a page. */
export async function startRig(differences: Partial<WorkerHost> = {}): Promise<Rig> {
  const wires: Wire[] = []
  const host = new EngineHost({
    clock: systemClock,
    random: () => 0.5,
    isOnline: () => true,
    pageProtocol: 'http:',
    openWire(options, listener) {
      const wire = openWire(options, listener, NodeWebSocket as unknown as typeof WebSocket)
      wires.push(wire)
      return wire
    },
    channel: new SilentChannel(),
    openPlace: () => new FreePlace(),
    isShared: true,
    close: () => undefined,
    ...differences,
  })
  const page = new TestPage(host)
  page.send({ type: 'hello' })
  await host.start()
  await page.event('welcome')
  return { host, page, wires }
}

/** Nobody else is there. */
class SilentChannel implements SuccessionChannel {
  postMessage(): void {}
  addEventListener(): void {}
}

class FreePlace implements Place {
  async take(): Promise<void> {}
  seize(): void {}
  release(): void {}
}
