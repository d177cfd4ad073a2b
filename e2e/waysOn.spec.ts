import { expect, test } from './fixtures/test.ts'

test('[TW1] [FW17] a wrong path leads to the usual ones, and back to what was typed', async ({
  app,
  guard,
}) => {
  guard.allow(/WebSocket connection to .* failed/, /status of 404/)
  await app.goToForm()
  await app.form.fill({ Name: 'Lost', Path: '/nowhere' })
  await app.form.connect.click()
  await expect(app.session.trouble('This site has nothing at the path “/nowhere”')).toBeVisible()
  await app.session.wayOn('Try path /ws').click()
  await expect(app.session.trouble('This site has nothing at the path “/ws”')).toBeVisible()
  await app.session.wayOn('Back to path /nowhere').click()
  await expect(app.session.trouble('This site has nothing at the path “/nowhere”')).toBeVisible()
  await expect(app.session.wayOn('Back to path /nowhere')).toBeHidden()
  await app.session.wayOn('Try path /mqtt').click()
  await expect(app.session.state('Connected')).toBeVisible()
  await app.session.choose('Edit')
  await expect(app.form.field('Path')).toHaveValue('/mqtt')
})

test('[TW2] a port for TCP leads to the usual ones for WebSocket', async ({ app, guard }) => {
  guard.allow(/WebSocket connection to .* failed/)
  for (const port of [8883, 8084]) guard.allowHost(`127.0.0.1:${port}`)
  await app.goToForm()
  await app.form.fill({ Name: 'Plain', Protocol: 'wss://', Port: '8883' })
  await app.form.connect.click()
  await expect(app.session.trouble('no browser can speak')).toBeVisible()
  await expect(app.session.wayOn('Try port 443')).toBeVisible()
  await app.session.wayOn('Try port 8084').click()
  await expect(app.session.trouble('Could not reach 127.0.0.1:8084')).toBeVisible()
  await expect(app.session.wayOn('Back to port 8883')).toBeVisible()
})

test('[TW3] a session that was taken over goes on under a new Client ID', async ({
  app,
  broker,
}) => {
  await app.connect('Twin', { 'Client ID': 'twin' })
  broker.embedded.disconnect('twin', 0x8e)
  await app.session.wayOn('Use a new Client ID').click()
  await expect(app.session.state('Connected')).toBeVisible()
  await app.session.choose('Edit')
  await expect(app.form.field('Client ID')).toHaveValue(/^mqtab_/)
})

test('[TW4] a broker without MQTT 5 is connected to with 3.1.1', async ({ app, broker }) => {
  const speakVersion5 = broker.embedded.faults.add({ connack: { reasonCode: 0x84 } })
  await app.goToForm()
  await app.form.fill({ Name: 'Old' })
  await app.form.connect.click()
  await expect(app.session.wayOn('Use MQTT 3.1.1')).toBeVisible()
  speakVersion5()
  await app.session.wayOn('Use MQTT 3.1.1').click()
  await expect(app.session.state('Connected')).toBeVisible()
  await app.session.choose('Edit')
  await app.form.unfold('Advanced')
  await expect(app.form.field('MQTT Version')).toHaveValue('3.1.1')
})
