import type { ConnectionFailure } from '@/core/failure.ts'
import type { Milliseconds } from '@/core/units.ts'
import { siteAnswer } from './siteAnswer.ts'
import type { WebSocketConstructor } from './socket.ts'

export type Unreachable = Extract<ConnectionFailure, { code: 'unreachable' }>

/** An answer that takes longer tells nothing that the reader would wait for. */
const PATIENCE: Milliseconds = 2_000

/**
 * Looks for the cause of a WebSocket that did not open, which browsers keep to themselves. Where one
 * without any subprotocol opens, the server does not know the name of MQTT's (MQTT 5.0 §6.0), or a proxy
 * takes it away; where the site's own server should pass it on, its answer to a plain request tells.
 * Resolves with the better failure or with the same, soon; never rejects.
 */
export async function examine(
  failure: Unreachable,
  subprotocol: string,
  WebSocketClass: WebSocketConstructor,
): Promise<ConnectionFailure> {
  const { url } = failure
  const [isOpening, http] = await Promise.all([
    opensPlain(url, WebSocketClass),
    siteAnswer(url, PATIENCE),
  ])
  if (isOpening) return { code: 'no-subprotocol', url, subprotocol }
  return http === undefined ? failure : { ...failure, http }
}

/** Whether a WebSocket without a subprotocol opens there, and soon. */
function opensPlain(url: string, WebSocketClass: WebSocketConstructor): Promise<boolean> {
  return new Promise((resolve) => {
    let socket: WebSocket | undefined
    const finish = (isOpen: boolean) => {
      clearTimeout(timer)
      if (socket) socket.onopen = socket.onclose = null
      socket?.close()
      resolve(isOpen)
    }
    const timer = setTimeout(() => finish(false), PATIENCE)
    try {
      socket = new WebSocketClass(url, [])
    } catch {
      finish(false)
      return
    }
    socket.onopen = () => finish(true)
    socket.onclose = () => finish(false)
    socket.onerror = () => undefined
  })
}
