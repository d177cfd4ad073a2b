import { performance } from 'node:perf_hooks'
import { SLOTS } from '../payload.ts'
import type { Flow, FlowResult } from './orders.ts'
import { Ring, packetIdOf } from './ring.ts'

/** Looks at the clock this often, where a rate is set; milliseconds. */
const TICK = 2

/** One write is not larger than this, and no more than this waits in the process. */
const PIECE_BYTES = 128 * 1024
const UNSENT_BYTES = 512 * 1024

export type PumpOptions = {
  flow: Flow
  isFramed: boolean
  /** The number of the first message. */
  first: number
  /** Hands bytes to the socket; `sent` is called when they have left the process. */
  write: (bytes: Buffer, sent: () => void) => void
  finished: (result: FlowResult) => void
}

/** Writes the messages of one flow, as fast as it should and the receiver takes them. */
export class Pump {
  readonly #options: PumpOptions
  readonly #ring: Ring
  readonly #startedAt: number
  readonly #start: number
  readonly #cpu: NodeJS.CpuUsage
  #next: number
  #unsent = 0
  #unsentBytes = 0
  #acknowledged = 0
  #disordered = 0
  #isStopped = false
  #isFinished = false

  constructor(options: PumpOptions) {
    const { count = 0, shape } = options.flow
    if (count % shape.perFrame !== 0 || SLOTS % shape.perFrame !== 0) {
      throw new RangeError('Not a whole number of frames')
    }
    this.#options = options
    this.#next = options.first
    this.#ring = new Ring(options.flow.shape, options.isFramed)
    this.#startedAt = Date.now()
    this.#start = performance.now()
    this.#cpu = process.cpuUsage()
  }

  start(): void {
    if (this.#options.flow.rate !== undefined) this.#tick()
    else this.#write()
  }

  /** A PUBACK came. */
  acknowledged(packetId: number): void {
    if (packetId !== packetIdOf(this.#options.first + this.#acknowledged)) this.#disordered += 1
    this.#acknowledged += 1
  }

  /** Goes on, after acknowledgements. */
  proceed(): void {
    this.#write()
  }

  #tick(): void {
    if (this.#isFinished) return
    this.#write()
    setTimeout(() => this.#tick(), TICK)
  }

  #write(): void {
    const { flow, first, write } = this.#options
    const { perFrame, payloadBytes, version } = flow.shape
    const most = Math.max(perFrame, Math.floor(PIECE_BYTES / payloadBytes / perFrame) * perFrame)
    for (;;) {
      if (this.#isOver()) this.#isStopped = true
      if (this.#isStopped || this.#unsentBytes >= UNSENT_BYTES) break
      const room = Math.min(
        most,
        this.#ring.roomAt(this.#next),
        SLOTS - this.#unsent,
        (flow.count ?? Infinity) - this.#sent,
        this.#due() - this.#sent,
        flow.shape.qos === 0 ? Infinity : (flow.window ?? 0xffff) + this.#acknowledged - this.#sent,
      )
      const count = Math.floor(room / perFrame) * perFrame
      if (count <= 0) break
      const piece = this.#ring.piece(this.#next, count, Date.now(), version === 5)
      this.#next += count
      this.#unsent += count
      this.#unsentBytes += piece.length
      write(piece, () => {
        this.#unsent -= count
        this.#unsentBytes -= piece.length
        if (flow.rate === undefined || this.#isStopped) this.#write()
      })
    }
    if (this.#next - first >= (flow.count ?? Infinity)) this.#isStopped = true
    this.#finishIfDone()
  }

  get #sent(): number {
    return this.#next - this.#options.first
  }

  #due(): number {
    const { rate } = this.#options.flow
    if (rate === undefined) return Infinity
    return (rate * (performance.now() - this.#start)) / 1000
  }

  #isOver(): boolean {
    const { seconds } = this.#options.flow
    return seconds !== undefined && performance.now() - this.#start >= seconds * 1000
  }

  /** Done is a flow whose bytes have left and, of QoS 1, whose acknowledgements have come. */
  #finishIfDone(): void {
    const { flow, finished } = this.#options
    const isDue = flow.shape.qos > 0 && this.#acknowledged < this.#sent
    if (this.#isFinished || !this.#isStopped || this.#unsent > 0 || isDue) return
    this.#isFinished = true
    const { user, system } = process.cpuUsage(this.#cpu)
    finished({
      sent: this.#sent,
      total: this.#next,
      startedAt: this.#startedAt,
      finishedAt: Date.now(),
      acknowledged: this.#acknowledged,
      disordered: this.#disordered,
      cpu: user + system,
    })
  }
}
