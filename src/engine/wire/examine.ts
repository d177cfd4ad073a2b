import type { ConnectionFailure } from '@/core/failure.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { WebSocketConstructor } from './socket.ts'

export type Unreachable = Extract<ConnectionFailure, { code: 'unreachable' }>

/** An answer that takes longer tells nothing that the reader would wait for. */
const PATIENCE: Milliseconds = 2_000

/**
 * Looks for the cause of a WebSocket that did not open, which browsers keep to themselves: where one
 * without any subprotocol opens, the server does not know the name of MQTT's (MQTT 5.0 §6.0), or a proxy
 * takes it away. Resolves with the better failure or with the same, soon; never rejects.
 */
export function examine(
  failure: Unreachable,
  subprotocol: string,
  WebSocketClass: WebSocketConstructor,
): Promise<ConnectionFailure> {
  return new Promise((resolve) => {
    let socket: WebSocket | undefined
    const finish = (found: ConnectionFailure) => {
      clearTimeout(timer)
      if (socket) socket.onopen = socket.onclose = null
      socket?.close()
      resolve(found)
    }
    const timer = setTimeout(() => finish(failure), PATIENCE)
    try {
      socket = new WebSocketClass(failure.url, [])
    } catch {
      finish(failure)
      return
    }
    socket.onopen = () => finish({ code: 'no-subprotocol', url: failure.url, subprotocol })
    socket.onclose = () => finish(failure)
    socket.onerror = () => undefined
  })
}
