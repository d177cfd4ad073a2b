import { WebSocket as NodeWebSocket } from 'ws'
import { systemClock, type Clock } from '../clock.ts'
import { EngineHost, type WorkerHost } from '../engineHost.ts'
import type { OpenWire } from '../session.ts'
import type { Place, SuccessionChannel } from '../succession.ts'
import { openWire } from '../wire/wire.ts'
import { TestPage } from './testPage.ts'

/** An engine in this process, with real wires, on the IndexedDB of this process. */
export class Rig {
  readonly host: EngineHost
  readonly page: TestPage
  #isDead = false
  /** While true, acknowledgements do not leave. */
  isMute = false

  constructor(differences: Partial<WorkerHost> = {}) {
    const { clock = systemClock, ...others } = differences
    this.host = new EngineHost({
      clock: this.#mortal(clock),
      random: () => 0,
      isOnline: () => true,
      pageProtocol: 'http:',
      openWire: this.#openWire,
      sleep: () => undefined,
      quota: () => Promise.resolve(undefined),
      channel: new SilentChannel(),
      openPlace: () => new FreePlace(),
      isShared: true,
      close: () => undefined,
      ...others,
    })
    this.page = new TestPage(this.host)
    this.page.send({ type: 'hello' })
  }

  /** Starts an engine and welcomes a page. */
  static async start(differences: Partial<WorkerHost> = {}): Promise<Rig> {
    const rig = new Rig(differences)
    await rig.host.start()
    await rig.page.event('welcome')
    return rig
  }

  /** Ends it as a crash does: sockets are cut, and nothing of it happens any more. */
  kill(): void {
    this.#isDead = true
    for (const drop of this.#drops) drop()
  }

  readonly #drops: (() => void)[] = []

  readonly #openWire: OpenWire = (options, listener) => {
    const alive =
      <Arguments extends unknown[]>(act: (...given: Arguments) => void) =>
      (...given: Arguments) => {
        if (!this.#isDead) act(...given)
      }
    const heard = {
      connected: alive(listener.connected.bind(listener)),
      received: alive(listener.received.bind(listener)),
      released: alive(listener.released.bind(listener)),
      pinged: alive(listener.pinged.bind(listener)),
      ended: alive(listener.ended.bind(listener)),
    }
    const wire = openWire(options, heard, NodeWebSocket as unknown as typeof WebSocket)
    this.#drops.push(() => wire.drop())
    const acknowledge = wire.acknowledge.bind(wire)
    wire.acknowledge = (all) => {
      if (!this.isMute && !this.#isDead) acknowledge(all)
    }
    return wire
  }

  #mortal(clock: Clock): Clock {
    return {
      now: () => clock.now(),
      after: (wait, action) =>
        clock.after(wait, () => {
          if (!this.#isDead) action()
        }),
    }
  }
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
