import type { Server } from 'node:http'
import { connect } from 'node:net'
import type { WebSocket } from 'ws'
import { acceptUpgrades } from './upgrade.ts'

/**
 * Carries each WebSocket at `path` of the server to the TCP port on this machine and back, bytes as
 * they are. Tests reach mosquitto 2.0 through it, whose own WebSocket writer crawls above 4 KB. Either
 * side's end ends the other. The function it returns closes all and lets go of the server.
 */
export function bridge(server: Server, path: string, tcpPort: number): () => void {
  return acceptUpgrades(server, {
    path,
    maximumMessage: 256 * 1024 * 1024,
    accept: (socket) => carry(socket, tcpPort),
  })
}

function carry(socket: WebSocket, tcpPort: number): void {
  const tcp = connect(tcpPort, '127.0.0.1')
  tcp.setNoDelay(true)
  socket.on('message', (data: Buffer) => {
    if (!tcp.write(data)) socket.pause()
  })
  tcp.on('drain', () => socket.resume())
  tcp.on('data', (data) => {
    tcp.pause()
    socket.send(data, () => tcp.resume())
  })
  // What the client said last, such as its DISCONNECT, still has to get through, and be read: a broker
  // whose own answer meets a closed socket may take the client for lost before it comes to that.
  socket.on('close', () => {
    tcp.end()
    tcp.resume()
  })
  tcp.on('close', () => socket.close())
  // The close events follow and end the other side.
  socket.on('error', () => undefined)
  tcp.on('error', () => undefined)
}
