/** The first three chapters, which tests elsewhere go through as well. */
import { expect } from '@playwright/test'
import type { App } from '../panes/app.ts'

export const SENSOR_1 = '{\n  "msg": "17.2"\n}'
const SENSOR_2 = '{\n  "msg": "18.2"\n}'

/** Chapter 1: a page without any connection; `New Connection` in its centre, a name, `Connect`. */
export async function createSimpleDemo(app: App): Promise<void> {
  await app.page.getByRole('main').getByRole('button', { name: 'New Connection' }).click()
  await expect(app.form.heading('New Connection')).toBeVisible()
  await app.form.fill({ Name: 'Simple Demo' })
  await app.form.connect.click()
  await expect(app.session.heading('Simple Demo')).toBeVisible()
  await expect(app.session.state('Connected')).toBeVisible()
  await expect(app.session.disconnect).toBeVisible()
  await app.showConnections()
  await expect(app.connections.dot('Simple Demo', 'Connected')).toBeVisible()
  await app.goToConnection('Simple Demo')
}

/** Chapter 2: `New Subscription`, the topic, QoS 0 as it is, `Confirm`. */
export async function subscribeToSensors(app: App): Promise<void> {
  await app.showSubscriptions()
  await app.subscriptions.openDialog()
  await expect(app.subscriptions.dialog).toHaveAccessibleName('New Subscription')
  await app.subscriptions.fill({ Topic: 'sensor/+/temperature' })
  await expect(app.subscriptions.field('QoS')).toHaveValue('0')
  await app.subscriptions.confirm.click()
  await expect(app.subscriptions.dialog).toBeHidden()
  await expect(app.subscriptions.item('sensor/+/temperature')).toContainText('QoS 0')
}

/** Chapter 3: two sensors made with `+`, a message from each, and `2` beside `Simple Demo`. */
export async function publishFromSensors(app: App): Promise<void> {
  await app.connect('Sensor 1')
  await app.connect('Sensor 2')
  await app.showConnections()
  await expect(app.connections.items).toHaveCount(3)
  await expect(app.connections.dots('Connected')).toHaveCount(3)

  await app.goToConnection('Sensor 1')
  await app.showPublish()
  await app.publish.send({ topic: 'sensor/1/temperature', type: 'JSON', payload: SENSOR_1 })
  await expect(app.messages.with('sensor/1/temperature')).toContainText('17.2')
  await app.goToConnection('Sensor 2')
  await app.showPublish()
  await app.publish.send({ topic: 'sensor/2/temperature', type: 'JSON', payload: SENSOR_2 })
  await expect(app.messages.with('sensor/2/temperature')).toContainText('18.2')

  await app.showConnections()
  await expect(app.connections.badge('Simple Demo')).toHaveText('2')
  await app.goToConnection('Simple Demo')
  await expect(app.messages.items).toHaveCount(2)
  await expect(app.messages.items.nth(0)).toContainText('sensor/1/temperature')
  await expect(app.messages.items.nth(0)).toContainText('"msg": "17.2"')
  await expect(app.messages.items.nth(1)).toContainText('sensor/2/temperature')
  await expect(app.messages.items.nth(1)).toContainText('"msg": "18.2"')
}
