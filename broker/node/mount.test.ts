import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { generate } from 'mqtt-packet'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer, type ClientOptions } from 'ws'
import { testBroker } from '../testing/testBroker.ts'
import { mountBroker, type MountOptions } from './mount.ts'
import { refuseForeigners } from './sameMachine.ts'

vi.setConfig({ testTimeout: 30_000 })

const servers: Server[] = []

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function start(options: MountOptions = {}) {
  const server = createServer((_, response) => response.end('page'))
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { broker } = testBroker()
  const unmount = mountBroker(server, broker, '/mqtt', options)
  return { server, port, broker, unmount, host: `127.0.0.1:${port}` }
}

/** What a server answered to an upgrade: 101 with the open socket, or another status. */
async function upgrade(url: string, protocols: string[] = ['mqtt'], options: ClientOptions = {}) {
  const socket = new WebSocket(url, protocols, options)
  socket.on('error', () => undefined)
  const opened = once(socket, 'open').then(() => 101)
  const refused = once(socket, 'unexpected-response').then(
    ([, response]) => (response as IncomingMessage).statusCode,
  )
  return { socket, status: await Promise.race([opened, refused]) }
}

function connect(level: 4 | 5 = 4): Buffer {
  return generate({
    cmd: 'connect',
    clientId: 'one',
    protocolId: 'MQTT',
    protocolVersion: level,
    clean: true,
    keepalive: 0,
  })
}

describe('the broker on an HTTP server', () => {
  test('[BR28] speaks MQTT at its path, and leaves everything else to the server', async () => {
    const { host } = await start()
    const { socket } = await upgrade(`ws://${host}/mqtt?any=query`)
    socket.send(connect())
    const [answer] = (await once(socket, 'message')) as [Buffer]
    expect([...answer]).toEqual([0x20, 2, 0, 0])
    expect(await (await fetch(`http://${host}/mqtt`)).text()).toBe('page')
    expect(await (await fetch(`http://${host}/`)).text()).toBe('page')
  })

  test.each(['/', '/mqtt/', '/mqttx', '/other/mqtt'])(
    '[BR28] answers an upgrade of %s with 404 when nobody else would',
    async (path) => {
      const { host } = await start()
      expect((await upgrade(`ws://${host}${path}`)).status).toBe(404)
    },
  )

  test('[BR28] leaves other upgrades to whoever else listens', async () => {
    const { server, host } = await start()
    const others = new WebSocketServer({ noServer: true })
    server.on('upgrade', (request, stream, head) => {
      if (request.url === '/other')
        others.handleUpgrade(request, stream, head, (it) => it.send('hi'))
    })
    const socket = new WebSocket(`ws://${host}/other`)
    const [greeting] = (await once(socket, 'message')) as [Buffer]
    expect(greeting.toString()).toBe('hi')
  })

  test.each([
    [['mqtt'], 'mqtt'],
    [['mqttv3.1'], 'mqttv3.1'],
    [['mqttv3.1', 'mqtt'], 'mqtt'],
    [[], ''],
  ])('[BR28] of the subprotocols %j it takes %j', async (offered, taken) => {
    const { host } = await start()
    expect((await upgrade(`ws://${host}/mqtt`, offered)).socket.protocol).toBe(taken)
  })

  test('[BR28] negotiates no compression', async () => {
    const { host } = await start()
    const { socket } = await upgrade(`ws://${host}/mqtt`, ['mqtt'], { perMessageDeflate: true })
    expect(socket.extensions).toBe('')
  })

  test('[BR28] refuses MQTT in text frames', async () => {
    const { host } = await start()
    const { socket } = await upgrade(`ws://${host}/mqtt`)
    socket.send('MQTT')
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1003)
  })

  test('[BR28] closes on a message that is too large, and goes on', async () => {
    const { host, broker } = await start({ maximumMessage: 1000 })
    const { socket } = await upgrade(`ws://${host}/mqtt`)
    socket.send(connect())
    await once(socket, 'message')
    expect(broker.clients()).toHaveLength(1)
    socket.send(Buffer.alloc(1001))
    const [code] = (await once(socket, 'close')) as [number]
    expect(code).toBe(1009)
    expect(broker.clients()).toEqual([])
    expect((await upgrade(`ws://${host}/mqtt`)).status).toBe(101)
  })

  test('[BR28] a connection that ends anyhow is noticed', async () => {
    const { host, broker } = await start()
    for (const end of ['close', 'terminate'] as const) {
      const { socket } = await upgrade(`ws://${host}/mqtt`)
      socket.send(connect())
      await once(socket, 'message')
      socket[end]()
      await expect.poll(() => broker.clients()).toEqual([])
    }
  })

  test('[BR28] taken off, it closes its sockets and answers no more', async () => {
    const { host, server, unmount } = await start()
    const { socket } = await upgrade(`ws://${host}/mqtt`)
    unmount()
    await once(socket, 'close')
    expect(server.listenerCount('upgrade')).toBe(0)
  })
})

describe('only this machine, and only pages of the same server', () => {
  test.each([
    ['its own page', (host: string) => `http://${host}`, 101],
    ['no page at all', () => undefined, 101],
    ['a page of another port', () => 'http://127.0.0.1:1', 403],
    ['a page of another site', () => 'https://example.com', 403],
    ['a page whose name only begins alike', (host: string) => `http://${host}.evil.com`, 403],
    ['a sandboxed page', () => 'null', 403],
  ])('[BR28] a request from %s', async (_, originOf, status) => {
    const { host } = await start()
    const origin = originOf(host)
    const options = origin === undefined ? {} : { origin }
    expect((await upgrade(`ws://${host}/mqtt`, ['mqtt'], options)).status).toBe(status)
  })

  test('[BR28] a foreign name that resolves to this machine is refused with its own page too', async () => {
    const { host, port } = await start()
    const name = `rebound.example.com:${port}`
    const headers = { Host: name, Origin: `http://${name}` }
    expect((await upgrade(`ws://${host}/mqtt`, ['mqtt'], { headers })).status).toBe(403)
  })

  test('[BR28] further names can be allowed', async () => {
    const { host } = await start({ hostNames: ['broker.test'] })
    const headers = { Host: 'broker.test', Origin: 'http://broker.test' }
    expect((await upgrade(`ws://${host}/mqtt`, ['mqtt'], { headers })).status).toBe(101)
  })

  test.each([
    ['127.0.0.1', undefined],
    ['127.1.2.3', undefined],
    ['::1', undefined],
    ['::ffff:127.0.0.1', undefined],
    ['192.168.1.5', 403],
    ['::ffff:192.168.1.5', 403],
    ['fe80::127.0.0.1', 403],
    [undefined, 403],
  ])('[BR28] the remote address %s gives %s', (remoteAddress, status) => {
    const request = { headers: { host: 'localhost' }, socket: { remoteAddress } }
    expect(refuseForeigners(request as never)).toBe(status)
  })

  test.each([
    ['localhost:5173', 'http://localhost:5173', undefined],
    ['LOCALHOST:5173', 'http://localhost:5173', undefined],
    ['app.localhost', 'http://app.localhost', undefined],
    ['[::1]:5173', 'http://[::1]:5173', undefined],
    ['127.0.0.1', 'http://127.0.0.1', undefined],
    ['localhost:5173', 'http://localhost:5174', 403],
    ['localhost', 'http://127.0.0.1', 403],
    ['localhost.evil.com', 'http://localhost.evil.com', 403],
    [undefined, undefined, 403],
  ])('[BR28] the host %s with the origin %s gives %s', (host, origin, status) => {
    const request = { headers: { host, origin }, socket: { remoteAddress: '127.0.0.1' } }
    expect(refuseForeigners(request as never)).toBe(status)
  })
})
