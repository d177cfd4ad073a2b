/** The constructor of a WebSocket: the browser's, or in Node.js one of the same shape. */
export type WebSocketConstructor = new (url: string, protocols: string[]) => WebSocket

export type SocketClosed = { code: number; reason: string; wasClean: boolean }

export type SocketListener = {
  opened(): void
  received(bytes: Uint8Array): void
  /** A text message, which MQTT never is (MQTT 5.0 §6.0). */
  receivedText(): void
  /** Once. Not called after `detach`. */
  closed(closed: SocketClosed): void
}

/** The real WebSocket of a wire, and the only holder of it. */
export class Socket {
  readonly #webSocket: WebSocket

  /** Starts to open it. Throws what the constructor of WebSocket throws. */
  constructor(
    url: string,
    subprotocol: string,
    listener: SocketListener,
    WebSocketClass: WebSocketConstructor,
  ) {
    const webSocket = new WebSocketClass(url, [subprotocol])
    webSocket.binaryType = 'arraybuffer'
    webSocket.onopen = () => listener.opened()
    webSocket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) listener.received(new Uint8Array(data))
      else listener.receivedText()
    }
    webSocket.onclose = ({ code, reason, wasClean }) => listener.closed({ code, reason, wasClean })
    // It says nothing, and a close event always follows.
    webSocket.onerror = () => undefined
    this.#webSocket = webSocket
  }

  get isOpen(): boolean {
    return this.#webSocket.readyState === 1
  }

  /** Sends one message of whole MQTT packets; does nothing while it is not open. */
  send(bytes: Uint8Array): void {
    if (this.isOpen) this.#webSocket.send(bytes as Uint8Array<ArrayBuffer>)
  }

  /** Starts to close it; what was sent before still goes out. */
  close(): void {
    this.#webSocket.close()
  }

  /** Nothing is reported any more. */
  detach(): void {
    this.#webSocket.onopen = this.#webSocket.onmessage = this.#webSocket.onclose = null
  }
}
