import { freePort } from '../../broker/node/freePort.ts'
import { againstBothBrokers, expect, test } from '../fixtures/test.ts'
import { createSimpleDemo } from './walk.ts'

againstBothBrokers(() => {
  test('[TU1] a name and Connect are enough for a first connection', async ({ app }) => {
    await createSimpleDemo(app)
    await expect(app.connections.items).toHaveCount(1)
  })

  test('[TU2] Disconnect ends the connection, Connect in its place opens it again', async ({
    app,
  }) => {
    await app.connect('Simple Demo')
    await app.session.disconnect.click()
    await expect(app.connections.dot('Simple Demo', 'Disconnected')).toBeVisible()
    await app.session.connect.click()
    await expect(app.connections.dot('Simple Demo', 'Connected')).toBeVisible()
  })
})

test.describe('with a broker that knows its users', () => {
  test.use({ brokerKind: 'mosquitto', mosquittoOptions: { users: { ada: 'engine' } } })

  for (const version of ['5.0', '3.1.1'] as const) {
    test(`[TU3] wrong credentials are said in words, and not tried again: ${version}`, async ({
      app,
    }) => {
      await app.goToForm()
      await app.form.unfold('Advanced')
      await app.form.fill({ Name: 'Ada', 'MQTT Version': version })
      await app.form.fill({ Username: 'ada', Password: 'wrong' })
      await app.form.connect.click()
      await expect(app.session.trouble('The broker refused')).toBeVisible()
      await expect(app.session.trouble('Username and Password')).toBeVisible()
      await expect(app.session.retryNow).toBeHidden()
      await expect(app.connections.dot('Ada', 'Disconnected')).toBeVisible()

      await app.session.choose('Edit')
      await expect(app.form.field('Name')).toHaveValue('Ada')
      await expect(app.form.field('Username')).toHaveValue('ada')
      await app.form.fill({ Password: 'engine' })
      await app.form.connect.click()
      await expect(app.connections.dot('Ada', 'Connected')).toBeVisible()
    })
  }
})

test('[TU4] an unreachable broker is said in words, with the form’s values kept', async ({
  app,
  guard,
}) => {
  const port = String(await freePort())
  guard.allowHost(`127.0.0.1:${port}`)
  guard.allow(/WebSocket connection to .* failed/)
  await app.goToForm()
  await app.form.fill({ Name: 'Nobody', Port: port })
  await app.form.connect.click()
  await expect(app.session.trouble(`Could not reach 127.0.0.1:${port}`)).toBeVisible()
  await expect(app.session.trouble(`nothing listens at port ${port}`)).toBeVisible()
  await expect(app.session.retryNow).toBeVisible()

  await app.session.choose('Edit')
  await expect(app.form.field('Name')).toHaveValue('Nobody')
  await expect(app.form.field('Port')).toHaveValue(port)
})

test('[TU5] a close before CONNACK is said in words', async ({ app, broker }) => {
  broker.embedded.faults.add({ connack: 'close' })
  await app.goToForm()
  await app.form.fill({ Name: 'Mute' })
  await app.form.connect.click()
  await expect(app.session.trouble('hung up before MQTT began')).toBeVisible()
  await expect(app.session.trouble('MQTT Version')).toBeVisible()
})

test('[TU6] a broker that never answers is said in words after Connect Timeout', async ({
  app,
  broker,
}) => {
  broker.embedded.faults.add({ connack: 'never' })
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'Mute', 'Connect Timeout': '1' })
  await app.form.connect.click()
  await expect(app.session.trouble('did not answer as a broker within 1 s')).toBeVisible()
})

test('[TU7] a refusal shows the broker’s own reason and code', async ({ app, broker }) => {
  const reasonString = 'Ada may not come in today'
  broker.embedded.faults.add({ connack: { reasonCode: 0x87, reasonString } })
  await app.goToForm()
  await app.form.fill({ Name: 'Ada' })
  await app.form.connect.click()
  await expect(app.session.trouble('The broker refused: not authorized')).toBeVisible()
  await expect(app.session.trouble(reasonString)).toBeVisible()
  await expect(app.session.retryNow).toBeHidden()
})
