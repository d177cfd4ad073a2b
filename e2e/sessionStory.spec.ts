import { againstBothBrokers, expect, test } from './fixtures/test.ts'

const KEPT = { 'Clean Session': false, 'Session Expiry Interval': '600' } as const

againstBothBrokers(() => {
  test('[SY6] [SY5] a kept session says that there was none, and then what came out of its queue', async ({
    app,
    device,
    page,
  }) => {
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'Kept', ...KEPT })
    await app.form.connect.click()
    const none = 'Clean Start is off, but the broker had no session of this Client ID to resume.'
    await app.session.state('new session').hover()
    await expect(page.getByText(none)).toBeVisible()
    await app.subscriptions.add('kept', { QoS: '1' })
    await expect(app.subscriptions.item('kept')).toContainText('QoS 1')
    await app.session.disconnect.click()
    await expect(app.connections.dot('Kept', 'Disconnected')).toBeVisible()
    const sensor = await device()
    for (const payload of ['one', 'two', 'three']) await sensor.publish('kept', payload, { qos: 1 })

    await app.session.connect.click()
    await expect(app.session.state('session resumed')).toBeVisible()
    const mark = app.messages.mark('3 messages came out of the queue.')
    await expect(mark).toBeVisible()
    await expect(app.messages.items).toHaveCount(3)
    await app.brokerStatus.tab.click()
    await expect(app.brokerStatus.session).toContainText('The broker had kept this session')
    await expect(app.brokerStatus.session).toContainText('3 messages came out of the queue.')

    await app.session.disconnect.click()
    await expect(app.connections.dot('Kept', 'Disconnected')).toBeVisible()
    await app.session.connect.click()
    await expect(app.brokerStatus.session).toContainText('Nothing was queued.')
    await page.reload()
    await app.messages.tab.click()
    await expect(mark).toHaveCount(1)
  })

  test('[SY6] [SY1] a session that another client ended is called lost', async ({
    app,
    device,
  }) => {
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'Robbed', 'Client ID': 'robbed', ...KEPT })
    await app.form.connect.click()
    await expect(app.session.state('Connected')).toBeVisible()
    await app.session.disconnect.click()
    await expect(app.connections.dot('Robbed', 'Disconnected')).toBeVisible()
    const other = await device({ clientId: 'robbed', clean: true })
    await other.drop()

    await app.session.connect.click()
    await expect(app.session.state('session lost')).toBeVisible()
    await expect(app.messages.mark('the broker had not kept the old one')).toBeVisible()
    await app.brokerStatus.tab.click()
    await expect(app.brokerStatus.session).toContainText(
      'A session was left with the broker, but it',
    )
  })
})
