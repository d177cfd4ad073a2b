import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { HOSTILE_SCRIPTS, type HostileScript } from './hostileScripts.ts'

const CONNECT = 1
const SUBSCRIBE = 8

const ACCEPT = Uint8Array.of(0x20, 3, 0, 0, 0)

/** Of a packet that claims 256 MB: so much is sent of it. */
const SENT_OF_ENDLESS = 4 * 1024 * 1024

export type HostileBroker = {
  host: string
  port: number
  close(): Promise<void>
}

/**
 * A WebSocket server on 127.0.0.1 that does to a client what the script says whose name is the path. At
 * `/endless` it accepts, and sends a packet that never ends.
 */
export async function startHostileBroker(): Promise<HostileBroker> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const name = request.url?.slice(1) ?? ''
    const script = HOSTILE_SCRIPTS[name]
    if (script?.isNoWebSocket) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => undefined)
      if (script) play(webSocket, script)
      else webSocket.on('message', (data: Buffer) => sendEndless(webSocket, data))
    })
  })
  const { port } = server.address() as AddressInfo
  return {
    host: `127.0.0.1:${port}`,
    port,
    close: async () => {
      for (const client of sockets.clients) client.terminate()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function play(webSocket: WebSocket, script: HostileScript): void {
  const { atOnce, afterConnect, afterSubscribe } = script
  if (atOnce) webSocket.send(Uint8Array.from(atOnce))
  webSocket.on('message', (data: Buffer) => {
    const type = (data[0] ?? 0) >> 4
    if (type === CONNECT && afterConnect !== undefined) {
      webSocket.send(
        typeof afterConnect === 'string' ? afterConnect : Uint8Array.from(afterConnect),
      )
    }
    if (type === SUBSCRIBE && afterSubscribe) {
      const [first = 0, length = 0, , , ...rest] = afterSubscribe
      webSocket.send(Uint8Array.of(first, length, data[2] ?? 0, data[3] ?? 0, ...rest))
    }
  })
}

function sendEndless(webSocket: WebSocket, { 0: first = 0 }: Buffer): void {
  if (first >> 4 !== CONNECT) return
  webSocket.send(ACCEPT)
  webSocket.send(Uint8Array.of(0x30, 0xff, 0xff, 0xff, 0x7f))
  const piece = new Uint8Array(64 * 1024)
  for (let sent = 0; sent < SENT_OF_ENDLESS; sent += piece.length) webSocket.send(piece)
}
