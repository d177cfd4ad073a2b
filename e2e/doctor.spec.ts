import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { headers } from '../deploy/headers.mjs'
import { expect, test } from './fixtures/test.ts'
import { startUntrustedServer } from './server/untrustedServer.ts'

test('[FW12] a port that no browser opens is said, and not tried', async ({ app, guard }) => {
  guard.allowHost('127.0.0.1:9001')
  guard.allow(/WebSocket connection to .* failed/)
  await app.goToForm()
  await app.form.fill({ Name: 'Chat', Port: '6667' })
  await app.form.connect.click()
  await expect(app.session.trouble('No browser opens port 6667')).toBeVisible()
  await expect(app.session.trouble('was not contacted')).toBeVisible()
  await expect(app.session.retryNow).toBeHidden()
  await app.session.wayOn('Try port 9001').click()
  await expect(app.session.trouble('Could not reach 127.0.0.1:9001')).toBeVisible()
})

test('[FW14] a server that does not name the subprotocol of MQTT is found out', async ({
  app,
  guard,
}) => {
  const server = createServer().listen(0, '127.0.0.1')
  const sockets = new WebSocketServer({ server, handleProtocols: () => false })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  guard.allowHost(`127.0.0.1:${port}`)
  guard.allow(/WebSocket connection to .* failed/)
  await app.goToForm()
  await app.form.fill({ Name: 'Nameless', Port: String(port) })
  await app.form.connect.click()
  await expect(app.session.trouble('does not speak the WebSocket subprotocol “mqtt”')).toBeVisible()
  await expect(app.session.trouble('Sec-WebSocket-Protocol')).toBeVisible()
  for (const socket of sockets.clients) socket.terminate()
  sockets.close()
  server.close()
})

test('[FW4] something that speaks HTTP and no WebSocket is one of the causes', async ({
  app,
  guard,
}) => {
  const server = createServer((_, response) => response.writeHead(404).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  guard.allowHost(`127.0.0.1:${port}`)
  guard.allow(/WebSocket connection to .* failed/)
  await app.goToForm()
  await app.form.fill({ Name: 'Web', Port: String(port) })
  await app.form.connect.click()
  await expect(app.session.trouble('the server does not speak MQTT over WebSocket')).toBeVisible()
  server.close()
})

test('[FW20] a host that says nothing is told after Connect Timeout', async ({ app, guard }) => {
  const server = createTcpServer((socket) => socket.on('error', () => undefined))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  guard.allowHost(`127.0.0.1:${port}`)
  guard.allow(/WebSocket connection to .* failed/)
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'Mute', Port: String(port), 'Connect Timeout': '1' })
  await app.form.connect.click()
  await expect(app.session.trouble('did not answer within 1 s')).toBeVisible()
  await expect(app.session.trouble('a firewall swallows the packets')).toBeVisible()
  server.close()
})

test('[FW15] a server that has moved names another one, a click away', async ({
  app,
  broker,
  guard,
}) => {
  guard.allowHost('127.0.0.1:9001')
  guard.allow(/WebSocket connection to .* failed/)
  const elsewhere = '127.0.0.1:9001'
  const moved = { clientId: 'traveller', connack: { reasonCode: 0x9d, serverReference: elsewhere } }
  broker.embedded.faults.add(moved)
  await app.goToForm()
  await app.form.fill({ Name: 'Traveller', 'Client ID': 'traveller' })
  await app.form.connect.click()
  await expect(app.session.trouble('Server moved')).toBeVisible()
  await expect(app.session.trouble(`It names: “${elsewhere}”.`)).toBeVisible()
  await app.session.wayOn('Try port 9001').click()
  await expect(app.session.trouble('Could not reach 127.0.0.1:9001')).toBeVisible()
})

test.describe('a site with a narrower policy', () => {
  const policy = headers['Content-Security-Policy'] ?? ''
  test.use({ siteHeaders: { 'Content-Security-Policy': policy.replace(' ws: wss:', '') } })

  test('[FW13] says that it is the site that does not allow the address', async ({
    app,
    guard,
  }) => {
    guard.allow(/Content Security Policy/, /violates the following/)
    await app.goToForm()
    await app.form.fill({ Name: 'Outside', Host: 'localhost', Port: '9001' })
    await app.form.connect.click()
    await expect(
      app.session.trouble('This site does not allow a connection to localhost:9001'),
    ).toBeVisible()
    await expect(app.session.retryNow).toBeHidden()
  })
})

for (const [code, words] of [
  [0x89, 'Server busy'],
  [0x97, 'Quota exceeded'],
  [0x95, 'Packet too large'],
] as const) {
  test(`[FW2] ${words.toLowerCase()} is told with its code, its section and what to do`, async ({
    app,
    broker,
  }) => {
    broker.embedded.faults.add({ connack: { reasonCode: code } })
    await app.goToForm()
    await app.form.fill({ Name: 'Refused' })
    await app.form.connect.click()
    await expect(app.session.trouble(new RegExp(words, 'i'))).toBeVisible()
    await expect(app.session.trouble('§3.2.2.2')).toBeVisible()
  })
}

test('[FW4] a certificate that is not trusted is a cause, with the place to accept it', async ({
  app,
  guard,
}) => {
  const server = await startUntrustedServer()
  guard.allowHost(`127.0.0.1:${server.port}`)
  guard.allow(/WebSocket connection to .* failed/, /ERR_CERT/)
  await app.goToForm()
  await app.form.fill({ Name: 'Private', Protocol: 'wss://', Port: String(server.port) })
  await app.form.connect.click()
  await expect(app.session.trouble('its certificate is not trusted')).toBeVisible()
  const origin = `https://127.0.0.1:${server.port}`
  await expect(app.page.getByRole('link', { name: `Open ${origin}` })).toHaveAttribute(
    'href',
    origin,
  )
  await server.stop()
})
