import { readStoredLog } from './fixtures/storedLog.ts'
import { againstMosquitto, expect, test } from './fixtures/test.ts'

const REFUSED = /WebSocket connection to .* failed/

test.describe('when mosquitto dies', () => {
  test.use({ brokerKind: 'mosquitto' })

  test('[TR1] a restarted broker is reconnected and resubscribed', async ({
    app,
    broker,
    device,
  }) => {
    await app.connect('Steady')
    await app.subscriptions.add('news', { QoS: '1' })
    await expect(app.subscriptions.item('news')).toContainText('QoS 1')
    await broker.mosquitto.kill()
    await expect(app.connections.dot('Steady', 'Reconnecting')).toBeVisible()
    await broker.mosquitto.restart()
    await expect(app.connections.dot('Steady', 'Connected')).toBeVisible({ timeout: 20_000 })
    await expect(app.subscriptions.item('news')).toContainText('QoS 1')
    const sensor = await device()
    await sensor.publish('news', 'back again', { qos: 1 })
    await expect(app.messages.with('back again')).toBeVisible()
  })

  test('[TR2] the wait is counted down; Retry now ends it, Stop ends the retries', async ({
    app,
    broker,
    guard,
  }) => {
    guard.allow(REFUSED)
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'Patient', 'Reconnect Period': '30000' })
    await app.form.connect.click()
    await expect(app.connections.dot('Patient', 'Connected')).toBeVisible()
    await broker.mosquitto.kill()
    await expect(app.session.trouble('The connection was lost')).toBeVisible()
    await expect(app.session.trouble(/in \d+ s/)).toBeVisible()
    const first = await app.session.trouble('in').textContent()
    await expect(app.session.trouble('in')).not.toHaveText(first ?? '')

    await broker.mosquitto.restart()
    await app.session.retryNow.click()
    await expect(app.connections.dot('Patient', 'Connected')).toBeVisible()

    await broker.mosquitto.kill()
    await app.session.stop.click()
    await expect(app.connections.dot('Patient', 'Disconnected')).toBeVisible()
    await expect(app.session.connect).toBeVisible()
  })
})

againstMosquitto(() => {
  test('[TR3] a network that comes back is used again, and the log shows the gap', async ({
    app,
    farNetwork,
    device,
  }) => {
    await app.connect('Far', { Path: farNetwork.path })
    await app.subscriptions.add('news')
    await expect(app.subscriptions.item('news')).toContainText('QoS 0')
    farNetwork.setMode('refuse')
    farNetwork.reset()
    await expect(app.connections.dot('Far', 'Reconnecting')).toBeVisible()
    farNetwork.setMode('pass')
    await expect(app.connections.dot('Far', 'Connected')).toBeVisible({ timeout: 20_000 })
    const sensor = await device()
    await expect(app.subscriptions.item('news')).toContainText('QoS 0')
    await sensor.publish('news', 'back again', { qos: 1 })
    await expect(app.messages.with('back again')).toBeVisible()
    await expect(app.messages.mark(/Not listening from .* messages may be missing/)).toBeVisible()
  })
})

test('[TR4] a broker that ends the connection says why, and a takeover is not fought', async ({
  app,
  broker,
}) => {
  await app.connect('Twin', { 'Client ID': 'twin' })
  broker.embedded.disconnect('twin', 0x8e)
  await expect(app.session.trouble('The broker ended the connection')).toBeVisible()
  await expect(app.session.trouble('same Client ID')).toBeVisible()
  await expect(app.connections.dot('Twin', 'Disconnected')).toBeVisible()
})

test('[TR5] without Auto Reconnect a lost connection stays lost', async ({ app, broker }) => {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'Once', 'Client ID': 'once', 'Auto Reconnect': false })
  await app.form.connect.click()
  await expect(app.connections.dot('Once', 'Connected')).toBeVisible()
  broker.embedded.cut('once')
  await expect(app.session.trouble('The connection was lost')).toBeVisible()
  await expect(app.connections.dot('Once', 'Disconnected')).toBeVisible()
})

test('[TR6] a slow link, and one that breaks in the middle of a packet, bring whole messages alone', async ({
  app,
  farNetwork,
  device,
  page,
}) => {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({
    ...{ Name: 'Thin', Path: farNetwork.path },
    ...{ 'MQTT Version': '3.1.1', 'Clean Session': false },
  })
  await app.form.connect.click()
  await app.subscriptions.add('large', { QoS: '1' })
  await expect(app.subscriptions.item('large')).toContainText('QoS 1')
  const sensor = await device()

  farNetwork.setMode('slow')
  await sensor.publish('large', 'a'.repeat(5_000), { qos: 1 })
  await expect(app.messages.items).toHaveCount(1)
  farNetwork.setMode('pass')
  farNetwork.breakAfter(1_000)
  await sensor.publish('large', 'b'.repeat(5_000), { qos: 1 })
  await expect(app.messages.mark(/Not listening from/)).toBeVisible()
  await expect(app.messages.items).toHaveCount(2)
  const entries = await readStoredLog(page, 'Thin')
  const payloads = entries.flatMap((entry) =>
    entry.kind === 'message' ? [new TextDecoder().decode(entry.payload)] : [],
  )
  expect(payloads).toEqual(['a'.repeat(5_000), 'b'.repeat(5_000)])
})
