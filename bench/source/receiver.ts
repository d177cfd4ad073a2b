import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { CONNECT, PINGREQ, PUBACK, PacketReader, SUBSCRIBE } from './clientPackets.ts'
import { FrameReader, frameHeader } from './frame.ts'

export type ReceiverOwner = {
  acknowledged(packetId: number): void
  /** All acknowledgements of one chunk were told. */
  settled(): void
}

/** The other end of a WebSocket that has just been opened: answers just enough to be a broker. */
export class Receiver {
  /** What its CONNECT named: 5 for MQTT 5. */
  version = 4
  readonly #socket: Duplex

  constructor(socket: Duplex, owner: ReceiverOwner) {
    this.#socket = socket
    if (socket instanceof Socket) socket.setNoDelay(true)
    const frames = new FrameReader()
    const packets = new PacketReader()
    socket.on('data', (chunk: Buffer) => {
      const content = frames.push(chunk)
      if (!content) {
        socket.end(Buffer.of(0x88, 0))
        return
      }
      packets.push(content, ({ type, body }) => {
        if (type === PUBACK) owner.acknowledged(body.readUInt16BE(0))
        else if (type === CONNECT) this.#connect(body)
        else if (type === PINGREQ) this.#send(Buffer.of(0xd0, 0))
        else if (type === SUBSCRIBE) this.#subscribe(body)
      })
      owner.settled()
    })
    // A receiver that is gone leaves the bench without what it waits for, which tells it enough.
    socket.on('error', () => undefined)
  }

  write(bytes: Buffer, sent: () => void): void {
    this.#socket.write(bytes, (error) => {
      if (!error) sent()
    })
  }

  #connect(body: Buffer): void {
    this.version = body[2 + body.readUInt16BE(0)] ?? 4
    const answer = this.version === 5 ? [0x20, 3, 0, 0, 0] : [0x20, 2, 0, 0]
    this.#send(Buffer.from(answer))
  }

  /** Every subscription gets what it asks for; the bench asks for one at a time. */
  #subscribe(body: Buffer): void {
    const granted = (body[body.length - 1] ?? 0) & 3
    const [high = 0, low = 0] = body
    const answer =
      this.version === 5 ? [0x90, 4, high, low, 0, granted] : [0x90, 3, high, low, granted]
    this.#send(Buffer.from(answer))
  }

  #send(packet: Buffer): void {
    this.#socket.write(Buffer.concat([frameHeader(packet.length), packet]))
  }
}
