import { expect, test } from './fixtures/test.ts'

test('[PU10] [PU11] [WR19] the properties of a message go out, come back and stay in the draft', async ({
  app,
}) => {
  await app.connect('Rich')
  await app.subscriptions.openDialog()
  await app.subscriptions.fill({ Topic: 'rich' })
  await app.subscriptions.confirm.click()
  await expect(app.subscriptions.item('rich')).toContainText('QoS 0')

  await app.publish.fill({ topic: 'rich', type: 'JSON', payload: '{"n": 1}' })
  await app.publish.properties.click()
  await app.publish.property('Content Type').fill('application/json')
  await app.publish.property('Response Topic').fill('answers/#')
  await expect(app.publish.property('Response Topic')).toHaveAccessibleDescription(/wildcard/)
  await app.publish.property('Response Topic').fill('answers/1')
  await app.publish.property('Correlation Data').fill('0x00 ff')
  for (const [name, value] of [
    ['b', '1'],
    ['a', '2'],
    ['b', '3'],
  ] as const) {
    await app.publish.addUserProperty(name, value)
  }
  await app.publish.propertiesDone.click()
  await expect(app.publish.properties).toHaveText('Properties (6)')
  await app.publish.button.click()

  await expect(app.messages.with('rich')).toHaveCount(2)
  for (const index of [0, 1]) {
    await app.messages.with('rich').nth(index).getByRole('button', { name: 'Details' }).click()
    const details = app.page.getByRole('dialog')
    await expect(details).toContainText('application/json')
    await expect(details).toContainText('answers/1')
    await expect(details).toContainText('0x 00 ff')
    await expect(details).toContainText(/b\s*1\s*a\s*2\s*b\s*3/)
    await app.page.keyboard.press('Escape')
    await expect(details).toBeHidden()
  }

  await app.page.reload()
  await expect(app.publish.properties).toHaveText('Properties (6)')
})

test('[WR20] a topic alias that the broker does not take is said before sending', async ({
  app,
}) => {
  await app.connect('Short')
  await app.publish.fill({ topic: 'a/long/topic', type: 'Plaintext', payload: 'x' })
  await app.publish.properties.click()
  await app.publish.property('Topic Alias').fill('65535')
  await expect(app.publish.property('Topic Alias')).toHaveAccessibleDescription(/up to/)
  await app.publish.property('Topic Alias').fill('1')
  await app.publish.propertiesDone.click()
  await app.publish.button.click()
  await expect(app.messages.with('a/long/topic')).toHaveCount(1)
  await app.publish.button.click()
  await expect(app.messages.with('a/long/topic')).toHaveCount(2)
  await app.packets.tab.click()
  await expect(app.packets.named('PUBLISH').first()).toContainText('a/long/topic')
  await expect(app.packets.named('PUBLISH').last()).toContainText('Topic Alias 1')
})

test('[PU10] MQTT 3 has no properties, so there are none to set', async ({ app }) => {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'Plain', 'MQTT Version': '3.1.1' })
  await app.form.connect.click()
  await expect(app.publish.button).toBeEnabled()
  await expect(app.publish.properties).toBeHidden()
})
