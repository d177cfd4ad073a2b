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

  /** Resolves when the next client has subscribed. To be called before it does. */
  async subscribed(): Promise<void> {
    await once(this.#reports, 'subscribed')
  }

  /** Resolves when the receiver's connection is gone. */
  async ended(): Promise<void> {
    await once(this.#reports, 'ended')
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

  /** Ends the flow that runs; its promise resolves as usual. */
  stop(): void {
    this.#send({ type: 'stop' })
  }

  /** Numbers begin with 0 again. */
  rewind(): void {
    this.#send({ type: 'rewind' })
  }

  async end(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.kill()
    await exited
  }

  async #order(order: Order): Promise<FlowResult> {
    const finished = once(this.#reports, 'finished')
    this.#send(order)
    const [{ result }] = (await finished) as [{ result: FlowResult }]
    return result
  }

  #send(order: Order): void {
    this.#child.send(order)
  }
}
