import { againstBothBrokers, expect, test } from '../fixtures/test.ts'

againstBothBrokers(() => {
  test('[TU21] messages sent while a kept session was offline come when it is back', async ({
    app,
  }) => {
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'MQTT V3', 'MQTT Version': '3.1.1', 'Clean Session': false })
    await app.form.connect.click()
    await expect(app.connections.dot('MQTT V3', 'Connected')).toBeVisible()
    await expect(app.messages.mark(/^New session\.$/)).toBeVisible()
    await app.subscriptions.add('clean_session_false', { QoS: '1' })
    await expect(app.subscriptions.item('clean_session_false')).toContainText('QoS 1')
    await app.session.disconnect.click()
    await expect(app.connections.dot('MQTT V3', 'Disconnected')).toBeVisible()

    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'MQTT_V3_Publish', 'MQTT Version': '3.1.1' })
    await app.form.connect.click()
    await expect(app.connections.dot('MQTT_V3_Publish', 'Connected')).toBeVisible()
    for (const payload of ['"one"', '"two"', '"three"']) {
      await app.publish.send({ topic: 'clean_session_false', qos: '1', payload })
      await expect(app.messages.with(payload)).toBeVisible()
    }

    await app.connections.open('MQTT V3')
    await expect(app.messages.items).toHaveCount(0)
    await app.session.connect.click()
    await expect(app.session.state('session resumed')).toBeVisible()
    await expect(app.messages.mark('Session resumed: the broker kept it.')).toBeVisible()
    await expect(app.messages.items).toHaveText([/one/, /two/, /three/])
    const queued = app.messages.items.getByText('Queued while offline', { exact: true })
    await expect(queued).toHaveCount(3)
  })
})

test('[TU22] what comes after the queue is not marked as queued', async ({ app, device }) => {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'MQTT V3', 'MQTT Version': '3.1.1', 'Clean Session': false })
  await app.form.connect.click()
  await app.subscriptions.add('a', { QoS: '1' })
  await expect(app.subscriptions.item('a')).toContainText('QoS 1')
  await app.session.disconnect.click()
  await expect(app.connections.dot('MQTT V3', 'Disconnected')).toBeVisible()
  const sensor = await device()
  await sensor.publish('a', 'while away', { qos: 1 })
  await app.session.connect.click()
  await expect(app.messages.with('while away')).toContainText('Queued while offline')
  await sensor.publish('a', 'afterwards', { qos: 1 })
  await expect(app.messages.with('afterwards')).toBeVisible()
  await expect(app.messages.with('afterwards')).not.toContainText('Queued while offline')
})
