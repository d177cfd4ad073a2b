import { once } from 'node:events'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { bridge } from './bridge.ts'
import { freePort } from './freePort.ts'

vi.setConfig({ testTimeout: 30_000 })

const open: Server[] = []

afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function listen(server: Server): Promise<number> {
  open.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

/** A bridge to a TCP server, and the ends of one connection through it. */
async function start() {
  const accepted: Socket[] = []
  const tcpPort = await listen(createServer((socket) => void accepted.push(socket)))
  const http = createHttpServer()
  const httpPort = await listen(http)
  const close = bridge(http, '/mqtt', tcpPort)
  const socket = new WebSocket(`ws://127.0.0.1:${httpPort}/mqtt`, 'mqtt')
  await once(socket, 'open')
  await expect.poll(() => accepted.length).toBe(1)
  const [tcp] = accepted
  if (tcp === undefined) throw new Error('Nothing was accepted')
  return { socket, tcp, close }
}

/** Everything that arrives until the end. */
async function collect(tcp: Socket): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of tcp) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const MEGABYTES = Buffer.alloc(5_000_000, 'bytes as they are')

test('the bridge carries bytes both ways as they are', async () => {
  const { socket, tcp, close } = await start()
  socket.send(Uint8Array.of(0, 255, 1))
  const [data] = (await once(tcp, 'data')) as [Buffer]
  expect([...data]).toEqual([0, 255, 1])
  tcp.write(Uint8Array.of(2, 128))
  const [answer] = (await once(socket, 'message')) as [Buffer]
  expect([...answer]).toEqual([2, 128])
  close()
})

test('what was sent before the WebSocket closed still arrives', async () => {
  const { socket, tcp, close } = await start()
  const arrived = collect(tcp)
  socket.send(MEGABYTES)
  socket.close()
  expect(Buffer.compare(await arrived, MEGABYTES)).toBe(0)
  close()
})

test('what was written before the TCP connection ended still arrives', async () => {
  const { socket, tcp, close } = await start()
  const pieces: Buffer[] = []
  socket.on('message', (data: Buffer) => pieces.push(data))
  tcp.end(MEGABYTES)
  await once(socket, 'close')
  expect(Buffer.compare(Buffer.concat(pieces), MEGABYTES)).toBe(0)
  close()
})

test('a slow TCP side slows the WebSocket and loses nothing', async () => {
  const { socket, tcp, close } = await start()
  tcp.pause()
  for (let count = 0; count < 4; count++) socket.send(MEGABYTES)
  socket.close()
  const arrived = await collect(tcp)
  expect(arrived.length).toBe(4 * MEGABYTES.length)
  close()
})

test('a port where nobody listens closes the WebSocket', async () => {
  const http = createHttpServer()
  const port = await listen(http)
  const close = bridge(http, '/mqtt', await freePort())
  const socket = new WebSocket(`ws://127.0.0.1:${port}/mqtt`, 'mqtt')
  await once(socket, 'close')
  close()
})

test('closed, the bridge ends its connections', async () => {
  const { socket, tcp, close } = await start()
  tcp.resume()
  close()
  await Promise.all([once(socket, 'close'), once(tcp, 'close')])
})
