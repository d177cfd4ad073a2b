import { againstBothBrokers, expect, test } from './fixtures/test.ts'

const KEPT = {
  'Clean Session': false,
  'Session Expiry Interval': '600',
  'Last-Will Topic': 'last_will',
  'Last-Will Payload': 'gone',
} as const

againstBothBrokers(() => {
  test('[DC1] [DC2] [DC3] [DC4] a disconnect says why, brings the will about and ends the session', async ({
    app,
    device,
  }) => {
    const heard = await (await device()).listen('last_will')
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.unfold('Last Will and Testament')
    await app.form.fill({ Name: 'Polite', ...KEPT })
    await app.form.connect.click()
    await expect(app.session.state('Connected')).toBeVisible()

    await app.session.disconnect.click()
    await expect(app.session.connect).toBeVisible()
    await app.session.connect.click()
    await expect(app.session.state('session resumed')).toBeVisible()
    expect(heard).toEqual([])

    await app.session.choose('Disconnect with …')
    const dialog = app.page.getByRole('dialog', { name: 'Disconnect' })
    await expect(dialog.getByLabel('Reason Code')).toHaveValue('4')
    await dialog.getByLabel('Session Expiry Interval').fill('later')
    await dialog.getByRole('button', { name: 'Disconnect' }).click()
    await expect(dialog.getByLabel('Session Expiry Interval')).toHaveAccessibleDescription(
      /whole number/,
    )
    await dialog.getByLabel('Session Expiry Interval').fill('0')
    await dialog.getByLabel('Reason String').fill('lunch')
    await dialog.getByRole('button', { name: 'Disconnect' }).click()
    await expect.poll(() => heard.map(({ payload }) => payload.toString())).toEqual(['gone'])

    await app.session.connect.click()
    await expect(app.session.state('new session')).toBeVisible()
    await expect(app.messages.region).not.toContainText('lost')
    await app.packets.tab.click()
    await expect(app.packets.named('DISCONNECT')).toHaveCount(2)
    await app.packets.named('DISCONNECT').last().click()
    await expect(app.packets.field('Reason String')).toContainText('lunch')
  })
})
