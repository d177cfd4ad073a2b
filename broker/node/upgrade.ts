import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Bytes } from '../../src/core/units.ts'

/** The subprotocols of MQTT over WebSocket; `mqttv3.1` is what MQTT 3.1 clients ask for. */
const SUBPROTOCOLS = ['mqtt', 'mqttv3.1']

export type UpgradeOptions = {
  /** The exact path, such as `/mqtt`. */
  path: string
  /** Of one WebSocket message. */
  maximumMessage: Bytes
  /** The status with which the request is refused, or `undefined` to accept it. */
  refuse?: (request: IncomingMessage) => number | undefined
  accept: (socket: WebSocket) => void
}

/**
 * Takes the WebSocket upgrades of one path of an HTTP server and leaves the others to whoever else
 * listens for them. The function it returns closes its sockets and lets go of the server.
 */
export function acceptUpgrades(server: Server, options: UpgradeOptions): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: options.maximumMessage,
    perMessageDeflate: false,
    handleProtocols: (offered) => SUBPROTOCOLS.find((name) => offered.has(name)) ?? false,
  })
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (pathOf(request) !== options.path) {
      // Without another listener nobody would ever answer.
      if (server.listenerCount('upgrade') === 1) reject(stream, 404)
      return
    }
    const status = options.refuse?.(request)
    if (status === undefined) sockets.handleUpgrade(request, stream, head, options.accept)
    else reject(stream, status)
  }
  server.on('upgrade', onUpgrade)
  return () => {
    server.off('upgrade', onUpgrade)
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  }
}

function pathOf(request: IncomingMessage): string | undefined {
  return request.url?.split('?', 1)[0]
}

function reject(stream: Duplex, status: number): void {
  stream.on('error', () => undefined)
  const words = STATUS_CODES[status] ?? ''
  stream.end(`HTTP/1.1 ${status} ${words}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
