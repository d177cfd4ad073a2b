import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startFaultProxy, type FaultProxy } from './faultProxy.ts'

vi.setConfig({ testTimeout: 30_000 })

let echo: Server
let proxy: FaultProxy

beforeEach(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.pipe(socket)
  }).listen(0, '127.0.0.1')
  await once(echo, 'listening')
  proxy = await startFaultProxy((echo.address() as AddressInfo).port)
})

afterEach(async () => {
  await proxy.close()
  echo.close()
})

async function open(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1')
  await once(socket, 'connect')
  return socket
}

async function echoed(socket: Socket, text: string): Promise<string> {
  socket.write(text)
  const [data] = (await once(socket, 'data')) as [Buffer]
  return data.toString()
}

test('a proxy that passes passes everything', async () => {
  const socket = await open()
  expect(await echoed(socket, 'hello')).toBe('hello')
  expect(proxy.connections()).toBe(1)
  socket.end()
  await expect.poll(() => proxy.connections()).toBe(0)
})

test('stalled, it moves nothing and closes nothing; what was stalled goes on afterwards', async () => {
  const [before, witness] = [await open(), await open()]
  expect(await echoed(before, 'hello')).toBe('hello')
  proxy.setMode('stall')
  const during = await open()
  const arrived: string[] = []
  for (const socket of [before, during]) {
    socket.on('data', (data: Buffer) => arrived.push(data.toString()))
    socket.write('held')
  }
  expect(witness.destroyed || before.destroyed || during.destroyed).toBe(false)
  expect(arrived).toEqual([])
  proxy.setMode('pass')
  await expect.poll(() => arrived).toEqual(['held', 'held'])
})

test('refusing, it closes new connections and leaves the present ones alone', async () => {
  const before = await open()
  expect(await echoed(before, 'hello')).toBe('hello')
  proxy.setMode('refuse')
  const refused = connect(proxy.port, '127.0.0.1').on('error', () => undefined)
  await once(refused, 'close')
  expect(await echoed(before, 'still')).toBe('still')
})

test('slow, it passes everything, in pieces', async () => {
  const socket = await open()
  proxy.setMode('slow')
  const pieces: Buffer[] = []
  socket.on('data', (data: Buffer) => pieces.push(data))
  socket.write(Buffer.alloc(2_000, 'x'))
  await expect.poll(() => Buffer.concat(pieces)).toEqual(Buffer.alloc(2_000, 'x'))
  expect(pieces.length).toBeGreaterThan(5)
  proxy.setMode('pass')
  socket.write('y')
  await expect.poll(() => Buffer.concat(pieces).toString()).toMatch(/xy$/)
})

test('told to break, it lets so many bytes through and no more', async () => {
  const socket = await open()
  expect(await echoed(socket, 'hello')).toBe('hello')
  proxy.breakAfter(7)
  const pieces: Buffer[] = []
  socket.on('data', (data: Buffer) => pieces.push(data))
  socket.on('error', () => undefined)
  socket.write('half a packet')
  await once(socket, 'close')
  expect(Buffer.concat(pieces).toString()).toBe('half a ')
})

test('cut, its connections end the orderly way', async () => {
  const socket = await open()
  expect(await echoed(socket, 'hello')).toBe('hello')
  socket.resume()
  proxy.cut()
  await once(socket, 'end')
})

test('reset, they break', async () => {
  const socket = await open()
  expect(await echoed(socket, 'hello')).toBe('hello')
  proxy.reset()
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNRESET')
})

test('an end that follows a lot of data loses none of it', async () => {
  const large = Buffer.alloc(5_000_000, 'x')
  const source = createServer((socket) => socket.end(large)).listen(0, '127.0.0.1')
  await once(source, 'listening')
  const through = await startFaultProxy((source.address() as AddressInfo).port)
  const socket = connect(through.port, '127.0.0.1')
  let size = 0
  for await (const data of socket) size += (data as Buffer).length
  expect(size).toBe(large.length)
  await through.close()
  source.close()
})

test('without a server behind it, it closes', async () => {
  echo.close()
  await once(echo, 'close')
  const socket = await open()
  await once(socket.resume(), 'close')
})
