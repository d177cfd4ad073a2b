import { againstMosquitto, expect, test } from './fixtures/test.ts'

againstMosquitto(() => {
  test('[UX1] [UX2] messages of a session from another time are shown as such, and adopted', async ({
    app,
    device,
  }) => {
    const kept = { clientId: 'from-another-time', clean: false }
    const before = await device({ ...kept, protocolVersion: 4 })
    await before.listen('old/+')
    await before.drop()
    const sender = await device()
    await sender.publish('old/topic', 'waited', { qos: 1 })

    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({
      ...{ Name: 'Heir', 'Client ID': kept.clientId },
      ...{ 'MQTT Version': '3.1.1', 'Clean Session': false },
    })
    await app.form.connect.click()
    await expect(app.session.state('session resumed')).toBeVisible()
    await expect(app.messages.with('old/topic')).toHaveCount(1)
    await expect(app.subscriptions.unexplained).toContainText('old/topic')
    await expect(app.subscriptions.unexplained).toContainText('1 message')

    await app.subscriptions.unexplained
      .getByRole('button', { name: 'Adopt old/topic as a subscription' })
      .click()
    await expect(app.subscriptions.item('old/topic')).toContainText('QoS 1')
    await expect(app.subscriptions.unexplained).toBeHidden()
  })
})
