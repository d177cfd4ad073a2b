/**
 * The packet source: a process of its own, so that what it costs is not what is measured. It does what
 * `Order` says and tells its parent `Report`s.
 */
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { startFeeder } from './feeder.ts'
import { writeGiant } from './giant.ts'
import type { Flow, Order, Report } from './orders.ts'
import { Pump, type PumpOptions } from './pump.ts'
import { Receiver } from './receiver.ts'

/** RFC 6455 §1.3. */
const MAGIC = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

let receiver: Receiver | undefined
let pump: Pump | undefined
/** The number of the next message. */
let next = 0

function tell(report: Report): void {
  process.send?.(report)
}

function run(flow: Flow, isFramed: boolean, write: PumpOptions['write']): Pump {
  const running = new Pump({
    ...{ flow, isFramed, first: next, write },
    finished: (result) => {
      next = result.total
      tell({ type: 'finished', result })
    },
  })
  pump = running
  running.start()
  return running
}

function take(order: Order): void {
  switch (order.type) {
    case 'flow':
      run(order.flow, true, (bytes, sent) => receiver?.write(bytes, sent))
      return
    case 'feed':
      startFeeder(order.port, (write) => run(order.flow, false, write))
      return
    case 'giant':
      if (receiver)
        writeGiant(receiver, order.payloadBytes, (result) => {
          next = 1
          tell({ type: 'finished', result })
        })
  }
}

function accept(socket: Duplex): void {
  receiver = new Receiver(socket, {
    acknowledged: (packetId) => pump?.acknowledged(packetId),
    settled: () => pump?.proceed(),
  })
}

const server = createServer((_request, response) => response.writeHead(426).end())
server.on('upgrade', (request, socket) => {
  const key = request.headers['sec-websocket-key'] ?? ''
  const answer = createHash('sha1').update(`${key}${MAGIC}`).digest('base64')
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${answer}\r\nSec-WebSocket-Protocol: mqtt\r\n\r\n`,
  )
  accept(socket)
})
server.listen(0, '127.0.0.1', () => {
  tell({ type: 'listening', port: (server.address() as AddressInfo).port })
})
process.on('message', take)
process.on('disconnect', () => process.exit())
