import { expect, test } from './fixtures/test.ts'

test.describe('a broker that allows little', () => {
  test.use({
    brokerLimits: {
      ...{ maximumQoS: 1, retainAvailable: false, topicAliasMaximum: 0 },
      serverKeepAlive: 20,
    },
  })

  test('[BC1] [BC3] [PB21] says so on its card, and the forms grey out what it refuses', async ({
    app,
    page,
  }) => {
    await app.connect('Strict')
    await page.getByRole('tab', { name: 'Broker' }).click()
    const card = page.getByRole('region', { name: 'What this broker allows' })
    await expect(card).toContainText(/Maximum QoS\s*1/)
    await expect(card).toContainText(/Retain Available\s*no/)
    await expect(card).toContainText(/Keep Alive\s*20 s/)
    await expect(app.publish.region).toBeHidden()

    await app.messages.tab.click()
    await expect(app.publish.qos.getByRole('option', { name: '2' })).toBeDisabled()
    await expect(app.publish.qos).toHaveAccessibleDescription('This broker takes at most QoS 1.')
    await expect(app.publish.retain).toBeDisabled()
    await expect(app.publish.retain).toHaveAccessibleDescription(
      'This broker keeps no retained messages.',
    )
    await app.publish.properties.click()
    await expect(app.publish.property('Topic Alias')).toBeDisabled()
    await expect(app.publish.property('Topic Alias')).toHaveAccessibleDescription(
      'This broker takes no Topic Alias.',
    )
  })
})

test('[BC2] a broker of MQTT 3.1.1 says nothing of itself', async ({ app, page }) => {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'Old', 'MQTT Version': '3.1.1' })
  await app.form.connect.click()
  await expect(app.session.state('Connected')).toBeVisible()
  await page.getByRole('tab', { name: 'Broker' }).click()
  await expect(page.getByText('Brokers of MQTT 3.1.1 say nothing')).toBeVisible()
})
