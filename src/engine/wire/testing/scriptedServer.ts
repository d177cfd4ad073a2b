import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  generate,
  parser,
  type IConnackPacket,
  type IConnectPacket,
  type Packet,
} from 'mqtt-packet'
import { WebSocketServer, type WebSocket } from 'ws'

/** The server's end of one WebSocket. It answers nothing by itself. */
export class Peer {
  /** What the client sent, in order. */
  readonly received: Packet[] = []
  /** How many packets each WebSocket message of the client held. */
  readonly frames: number[] = []
  readonly socket: WebSocket
  /** The code with which the WebSocket was closed. */
  closeCode: number | undefined
  #level = 4

  constructor(socket: WebSocket, script: Script) {
    this.socket = socket
    const reader = parser()
    reader.on('packet', (packet) => {
      if (packet.cmd === 'connect') {
        this.#level = packet.protocolVersion ?? 4
      }
      this.received.push(packet)
      script(packet, this)
    })
    socket.on('message', (data: Buffer) => {
      const before = this.received.length
      reader.parse(data)
      this.frames.push(this.received.length - before)
    })
    socket.on('close', (code) => (this.closeCode = code))
    socket.on('error', () => undefined)
  }

  /** Sends the packets in one WebSocket message. */
  send(...packets: Packet[]): void {
    this.socket.send(this.encode(...packets))
  }

  bytes(...bytes: number[]): void {
    this.socket.send(Uint8Array.from(bytes))
  }

  encode(...packets: Packet[]): Uint8Array {
    return Buffer.concat(packets.map((each) => generate(each, { protocolVersion: this.#level })))
  }

  accept(changes: Partial<IConnackPacket> = {}): void {
    const codes = this.#level === 5 ? { reasonCode: 0 } : { returnCode: 0 }
    this.send({ cmd: 'connack', sessionPresent: false, ...codes, ...changes })
  }

  get connect(): IConnectPacket {
    const [first] = this.received
    if (first?.cmd !== 'connect') throw new Error('There is no CONNECT')
    return first
  }

  /** The packets of one type. */
  all<Name extends Packet['cmd']>(name: Name): Extract<Packet, { cmd: Name }>[] {
    return this.received.filter(
      (packet): packet is Extract<Packet, { cmd: Name }> => packet.cmd === name,
    )
  }
}

/** Called for each packet that a client sends. */
export type Script = (packet: Packet, peer: Peer) => void

/** Accepts every CONNECT and is silent then. */
export const ACCEPT: Script = (packet, peer) => {
  if (packet.cmd === 'connect') peer.accept()
}

export type ScriptedServer = { port: number; peers: Peer[]; stop(): Promise<void> }

/** A WebSocket server on 127.0.0.1 that says exactly what a test says. */
export async function startScriptedServer(script: Script): Promise<ScriptedServer> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const sockets = new WebSocketServer({ server })
  const peers: Peer[] = []
  sockets.on('connection', (socket) => {
    peers.push(new Peer(socket, script))
  })
  return {
    port: (server.address() as AddressInfo).port,
    peers,
    stop: async () => {
      for (const { socket } of peers) socket.terminate()
      sockets.close()
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
