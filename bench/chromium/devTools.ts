import { EventEmitter, once } from 'node:events'
import { WebSocket } from 'ws'

type Answer = {
  id?: number
  method?: string
  params?: unknown
  sessionId?: string
  result?: unknown
  error?: { message: string }
}

/**
 * A client of the Chrome DevTools Protocol with nothing in it but requests and events. Above all it
 * never enables the domain Network, which makes the browser copy every WebSocket frame to the debugger.
 */
export class DevTools {
  readonly #socket: WebSocket
  readonly #events = new EventEmitter()
  readonly #waiting = new Map<number, (answer: Answer) => void>()
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    this.#events.setMaxListeners(0)
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as Answer))
    socket.on('close', () => {
      for (const settle of this.#waiting.values()) settle({ error: { message: 'browser gone' } })
      this.#waiting.clear()
    })
    socket.on('error', () => undefined)
  }

  static async connect(url: string): Promise<DevTools> {
    const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 0 })
    await once(socket, 'open')
    return new DevTools(socket)
  }

  /** Rejects where the browser refuses, or is gone. Without a session the browser itself is asked. */
  async send<Result>(method: string, params: object = {}, sessionId?: string): Promise<Result> {
    this.#lastId += 1
    const id = this.#lastId
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve))
    this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) }))
    const { result, error } = await answered
    if (error) throw new Error(`${method}: ${error.message}`)
    return result as Result
  }

  /** Calls `listener` for each event of that name in the session. */
  on(method: string, sessionId: string, listener: (params: unknown) => void): void {
    this.#events.on(`${sessionId} ${method}`, listener)
  }

  close(): void {
    this.#socket.terminate()
  }

  #take(answer: Answer): void {
    if (answer.id !== undefined) {
      this.#waiting.get(answer.id)?.(answer)
      this.#waiting.delete(answer.id)
    } else this.#events.emit(`${answer.sessionId ?? ''} ${answer.method ?? ''}`, answer.params)
  }
}
