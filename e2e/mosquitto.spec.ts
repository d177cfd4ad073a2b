import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from './fixtures/test.ts'
import { test as testInOwnBrowser } from './fixtures/ownBrowser.ts'
import type { App } from './panes/app.ts'
import { UNTRUSTED } from './server/untrustedServer.ts'

test.use({ brokerKind: 'mosquitto' })

test.describe('with rights for some topics only', () => {
  test.use({ mosquittoOptions: { open: 'open/#' } })

  test('[TU12] [IF1] what mosquitto does not allow is told where it was tried', async ({ app }) => {
    await app.connect('Guest')
    await app.subscriptions.add('secret/#')
    await expect(app.subscriptions.item('secret/#')).toContainText('Not authorized')
    await app.subscriptions.add('open/#')
    await expect(app.subscriptions.item('open/#')).toContainText('QoS 0')
    await app.publish.send({ topic: 'secret/1', qos: '1', payload: '1' })
    await expect(app.messages.published).toContainText('refused: Not authorized')
    await app.publish.send({ topic: 'open/1', qos: '1', payload: '2' })
    await expect(app.messages.received).toContainText('open/1')
    await expect(app.messages.published.last()).toContainText('QoS 1acknowledged')
  })

  test('[TU12] MQTT 3.1.1 refuses a subscription, and has no word for a message', async ({
    app,
    broker,
  }) => {
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'Guest', 'MQTT Version': '3.1.1' })
    await app.form.connect.click()
    await expect(app.session.state('Connected')).toBeVisible()
    await app.subscriptions.add('secret/#')
    await expect(app.subscriptions.item('secret/#')).toContainText('Code 128 (0x80)')
    await app.publish.send({ topic: 'secret/1', qos: '1', payload: '1' })
    await expect(app.messages.published).toContainText('QoS 1acknowledged')
    await expect.poll(() => broker.mosquitto.log()).toContain('Denied PUBLISH')
  })
})

async function connectOverTls(app: App, port: number) {
  await app.goToForm()
  const address = { Protocol: 'wss://', Host: '127.0.0.1', Port: String(port), Path: '/mqtt' }
  await app.form.fill({ Name: 'Private', ...address })
  await app.form.connect.click()
}

test.describe('over TLS with an authority that the browser does not know', () => {
  test.use({ mosquittoOptions: { tls: UNTRUSTED } })

  test('[FW4] it leads to the place to accept the certificate', async ({ app, broker, guard }) => {
    const port = broker.mosquitto.wssPort ?? 0
    guard.allowHost(`127.0.0.1:${port}`)
    guard.allow(/WebSocket connection to .* failed/, /ERR_CERT/)
    await connectOverTls(app, port)
    await expect(app.session.trouble('its certificate is not trusted')).toBeVisible()
    const link = app.page.getByRole('link', { name: `Open https://127.0.0.1:${port}` })
    await expect(link).toBeVisible()
  })
})

testInOwnBrowser.describe('over TLS with an authority that the browser trusts', () => {
  const { publicKey } = new X509Certificate(readFileSync(UNTRUSTED.certificate))
  const trusted = createHash('sha256').update(publicKey.export({ type: 'spki', format: 'der' }))
  testInOwnBrowser.use({
    brokerKind: 'mosquitto',
    mosquittoOptions: { tls: UNTRUSTED },
    flags: [`--ignore-certificate-errors-spki-list=${trusted.digest('base64')}`],
  })

  testInOwnBrowser('[FW4] a message goes around', async ({ app, broker, guard }) => {
    const port = broker.mosquitto.wssPort ?? 0
    guard.allowHost(`127.0.0.1:${port}`)
    await connectOverTls(app, port)
    await expect(app.session.state('Connected')).toBeVisible()
    await app.subscriptions.add('a')
    await app.publish.send({ topic: 'a', qos: '1', payload: 'over TLS', type: 'Plaintext' })
    await expect(app.messages.received).toContainText('over TLS')
  })
})
