import type { App } from '../panes/app.ts'
import { againstBothBrokers, expect, test } from '../fixtures/test.ts'

/** The tutorial's `Last Will` connection, and `Simple Demo` to hear of it. */
async function connectLastWill(app: App, path?: string): Promise<void> {
  await app.connect('Simple Demo')
  await app.subscriptions.add('last_will', { QoS: '1' })
  await expect(app.subscriptions.item('last_will')).toContainText('QoS 1')
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.unfold('Last Will and Testament')
  await app.form.fill({
    Name: 'Last Will',
    ...(path !== undefined && { Path: path }),
    'Keep Alive': '5',
    'Last-Will Topic': 'last_will',
    'Last-Will QoS': '1',
    'Last-Will Retain': true,
    'Last-Will Payload': 'offline',
  })
  await app.form.connect.click()
  await expect(app.connections.dot('Last Will', 'Connected')).toBeVisible()
}

againstBothBrokers(() => {
  test('[TU23] Disconnect fires no will, Drop Connection does', async ({ app, device }) => {
    await connectLastWill(app)
    await app.session.disconnect.click()
    await expect(app.connections.dot('Last Will', 'Disconnected')).toBeVisible()
    const sensor = await device()
    await sensor.publish('last_will', 'no will before this', { qos: 1 })
    await app.session.connect.click()
    await expect(app.connections.dot('Last Will', 'Connected')).toBeVisible()
    await app.session.choose('Drop Connection')
    await expect(app.connections.dot('Last Will', 'Disconnected')).toBeVisible()

    await app.connections.open('Simple Demo')
    await expect(app.messages.items).toHaveText([/no will before this/, /offline/])
    await expect(app.messages.with('offline')).toContainText('QoS 1')
    await app.subscriptions.choose('last_will', 'Remove')
    await expect(app.subscriptions.items).toHaveCount(0)
    await app.subscriptions.add('last_will')
    await expect(app.messages.with('Retained')).toContainText('offline')
  })

  test('[TU24] [FW20] a network that is cut off fires the will after the keep alive', async ({
    app,
    farNetwork,
  }) => {
    await connectLastWill(app, farNetwork.path)
    await app.connections.open('Simple Demo')
    farNetwork.setMode('stall')
    // mosquitto looks for the dead in steps of some seconds.
    await expect(app.messages.with('offline')).toBeVisible({ timeout: 25_000 })
    await expect(app.connections.dot('Last Will', 'Reconnecting')).toBeVisible()
    await app.connections.open('Last Will')
    await expect(app.session.trouble('A ping got no answer within the Keep Alive')).toBeVisible()
    farNetwork.setMode('pass')
    farNetwork.reset()
    await expect(app.connections.dot('Last Will', 'Connected')).toBeVisible({ timeout: 25_000 })
  })
})
