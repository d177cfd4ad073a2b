import { connect } from 'node:net'
import { CONNACK, PUBACK, PacketReader } from './clientPackets.ts'
import type { Pump, PumpOptions } from './pump.ts'
import { remainingLength } from './ring.ts'

/**
 * Connects to a broker at a TCP port of 127.0.0.1 with MQTT 3.1.1 and runs the flow that `run` begins
 * through it. The connection stays open until the process ends.
 */
export function startFeeder(port: number, run: (write: PumpOptions['write']) => Pump): void {
  let pump: Pump | undefined
  const packets = new PacketReader()
  const socket = connect(port, '127.0.0.1', () => socket.write(connectPacket()))
  socket.setNoDelay(true)
  socket.on('data', (chunk) => {
    packets.push(chunk, ({ type, body }) => {
      if (type === PUBACK) pump?.acknowledged(body.readUInt16BE(0))
      else if (type === CONNACK) {
        pump = run((bytes, sent) => {
          socket.write(bytes, (error) => {
            if (!error) sent()
          })
        })
      }
    })
    pump?.proceed()
  })
  socket.on('error', (error) => {
    throw error
  })
}

function connectPacket(): Buffer {
  const id = Buffer.from(`feeder-${process.pid}-${Date.now()}`)
  const head = Buffer.from([0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 0, id.length >> 8, id.length])
  return Buffer.concat([Buffer.of(0x10), remainingLength(head.length + id.length), head, id])
}
