import type { WebSocketConstructor } from '../socket.ts'

type Handler<Event> = ((event: Event) => void) | null

/** A WebSocket that goes nowhere: a test says what happens to it. */
export class FakeSocket {
  binaryType = 'blob'
  readyState = 0
  onopen: Handler<object> = null
  onmessage: Handler<{ data: unknown }> = null
  onclose: Handler<{ code: number; reason: string; wasClean: boolean }> = null
  onerror: Handler<object> = null
  /** How many bytes the client has sent. */
  sent = 0

  send(bytes: Uint8Array): void {
    this.sent += bytes.length
  }

  close(): void {
    if (this.readyState >= 2) return
    this.readyState = 2
    queueMicrotask(() => this.end(1000))
  }

  /** The server accepts it. */
  open(): void {
    this.readyState = 1
    this.onopen?.({})
  }

  /** A message of the server arrives. A socket that is closing still gives what comes. */
  receive(data: Uint8Array | string): void {
    if (this.readyState === 3) return
    this.onmessage?.({ data: typeof data === 'string' ? data : data.slice().buffer })
  }

  /** It is closed. */
  end(code: number): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.onclose?.({ code, reason: '', wasClean: code === 1000 })
  }
}

/** A constructor that tells of each socket that it makes. */
export function fakeSocketClass(made: (socket: FakeSocket) => void): WebSocketConstructor {
  return class extends FakeSocket {
    constructor() {
      super()
      made(this)
    }
  } as unknown as WebSocketConstructor
}
