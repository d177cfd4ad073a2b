import { againstMosquitto, expect, test } from './fixtures/test.ts'

/** Connects again at once, as a device does that knows nothing of the other client. */
const STUBBORN = { clientId: 'twin', protocolVersion: 4, reconnectPeriod: 200 } as const

againstMosquitto(() => {
  test('[TW5] two clients with one Client ID end their fight with one click', async ({
    app,
    device,
  }) => {
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'Twin', 'Client ID': 'twin', 'MQTT Version': '3.1.1' })
    await app.form.connect.click()
    await expect(app.session.state('Connected')).toBeVisible()
    const twin = await device(STUBBORN)

    const trouble = app.session.trouble('accepts this client and cuts it off, again and again')
    await expect(trouble).toBeVisible({ timeout: 20_000 })
    await expect(trouble).toContainText('same Client ID')
    await expect(app.session.state('Disconnected')).toBeVisible()
    await expect(app.session.retryNow).toBeHidden()

    await app.session.wayOn('Use a new Client ID').click()
    await expect(app.session.state('Connected')).toBeVisible()
    await app.subscriptions.add('truce')
    await expect(app.subscriptions.item('truce')).toContainText('QoS 0')
    // Both are there for longer than the twin would take to come back.
    for (const text of ['first', 'second']) {
      await new Promise((resolve) => setTimeout(resolve, 1_000))
      await twin.publish('truce', text, { qos: 1 })
      await expect(app.messages.with(text)).toBeVisible()
    }
    await expect(app.session.state('Connected')).toBeVisible()
    await app.session.choose('Edit')
    await expect(app.form.field('Client ID')).toHaveValue(/^mqtab_/)
  })
})
