import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import type { Flow, FlowResult, Order, Report } from './orders.ts'

/** The bench's end of the process that sends packets. */
export class PacketSource {
  /** Of its WebSocket server, at any path. */
  readonly port: number
  readonly #child: ChildProcess
  readonly #reports: EventEmitter

  private constructor(child: ChildProcess, reports: EventEmitter, port: number) {
    this.#child = child
    this.#reports = reports
    this.port = port
  }

  static async start(program: string): Promise<PacketSource> {
    const reports = new EventEmitter()
    const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    child.on('message', (report: Report) => reports.emit(report.type, report))
    const [{ port }] = (await once(reports, 'listening')) as [{ port: number }]
    return new PacketSource(child, reports, port)
  }

  /** Sends to the client that subscribed last, and resolves when all has left this process. */
  flow(flow: Flow): Promise<FlowResult> {
    return this.#order({ type: 'flow', flow })
  }

  /** Publishes through a broker at a TCP port of this machine. */
  feed(port: number, flow: Flow): Promise<FlowResult> {
    return this.#order({ type: 'feed', port, flow })
  }

  /** Sends one message of that size. */
  giant(payloadBytes: number): Promise<FlowResult> {
    return this.#order({ type: 'giant', payloadBytes })
  }

  async end(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.kill()
    await exited
  }

  async #order(order: Order): Promise<FlowResult> {
    const finished = once(this.#reports, 'finished')
    const died = once(this.#child, 'exit')
    this.#child.send(order)
    const [report] = (await Promise.race([finished, died])) as [
      { result: FlowResult } | number | null,
    ]
    if (report === null || typeof report === 'number') throw new Error('The packet source died')
    return report.result
  }
}
