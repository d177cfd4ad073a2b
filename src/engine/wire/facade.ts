import { Framer, type Packet } from '@/core/packet/framer.ts'

type Handler = (event: { data?: ArrayBuffer }) => unknown

export type FacadeOwner = {
  /** Bytes of whole packets, to be sent now. */
  send(bytes: Uint8Array): void
  /** MQTT.js wants its socket closed. */
  closeRequested(): void
  /** MQTT.js threw while it handled an event. */
  failed(error: unknown): void
}

/**
 * What MQTT.js takes for its WebSocket. It gets only the packets that it shall see, and what it sends is
 * passed on packet by packet whole, so that others may send between them.
 */
export class Facade {
  readonly OPEN = 1
  readonly bufferedAmount = 0
  binaryType = 'arraybuffer'
  readyState = 0
  readonly #owner: FacadeOwner
  readonly #handlers = new Map<string, Handler[]>()
  readonly #outgoing = new Framer()

  constructor(owner: FacadeOwner) {
    this.#owner = owner
  }

  addEventListener(type: string, handler: Handler): void {
    this.#handlers.set(type, [...(this.#handlers.get(type) ?? []), handler])
  }

  send(chunk: Uint8Array): void {
    const packets: Packet[] = []
    this.#outgoing.push(chunk, (packet) => packets.push(packet))
    if (isWhole(chunk, packets)) this.#owner.send(chunk)
    else for (const { bytes } of packets) this.#owner.send(bytes)
  }

  close(): void {
    if (this.readyState === 3) return
    this.#owner.closeRequested()
  }

  /** The real socket is open. */
  open(): void {
    this.readyState = 1
    this.#emit('open', {})
  }

  /** Passes one packet on to MQTT.js. */
  deliver(bytes: Uint8Array): void {
    this.#emit('message', { data: bytes.slice().buffer })
  }

  /** The real socket is closed, or nobody cares any more. */
  end(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.#emit('close', {})
  }

  #emit(type: string, event: { data?: ArrayBuffer }): void {
    for (const handler of this.#handlers.get(type) ?? []) {
      // One of MQTT.js's handlers is asynchronous, so what it throws would be an unhandled rejection.
      const run = async () => {
        await handler(event)
      }
      run().catch((error: unknown) => this.#owner.failed(error))
    }
  }
}

/** Whether the packets are the chunk cut into pieces, with nothing carried over at either end. */
function isWhole(chunk: Uint8Array, packets: readonly Packet[]): boolean {
  const total = packets.reduce((sum, { bytes }) => sum + bytes.length, 0)
  return total === chunk.length && packets.every(({ bytes }) => bytes.buffer === chunk.buffer)
}
