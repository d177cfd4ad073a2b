import { findOldRabbitMq } from '../scripts/programs.mjs'
import { expect, test as base } from './fixtures/test.ts'
import { startRabbitMq, type RabbitMq } from './server/rabbitMq.ts'

/** It takes longer to start than any test to run. */
const test = base.extend<{ rabbitMq: RabbitMq }>({
  rabbitMq: [
    async ({ guard }, use) => {
      const rabbitMq = await startRabbitMq()
      guard.allowHost(`127.0.0.1:${rabbitMq.port}`)
      await use(rabbitMq)
      await rabbitMq.stop()
    },
    { timeout: 120_000 },
  ],
})

test.skip(
  findOldRabbitMq() === undefined,
  'RabbitMQ before 3.13 is not installed: node scripts/setUp.mjs --rabbitmq',
)

test('[TW4] RabbitMQ before 3.13, where setUp.mjs --rabbitmq has installed it, is used with 3.1.1', async ({
  rabbitMq,
  app,
}) => {
  await app.goToForm()
  const port = String(rabbitMq.port)
  const address = { Protocol: 'ws://', Host: '127.0.0.1', Port: port, Path: '/ws' }
  await app.form.fill({ Name: 'Rabbit', ...address })
  await app.form.connect.click()
  await expect(app.session.trouble('without the chosen MQTT Version')).toBeVisible()
  await app.session.wayOn('Use MQTT 3.1.1').click()
  await expect(app.session.state('Connected')).toBeVisible()
  await app.subscriptions.add('burrow/+', { QoS: '1' })
  await expect(app.subscriptions.item('burrow/+')).toContainText('QoS 1')
  await app.publish.send({ topic: 'burrow/0', qos: '0', payload: '"hop"' })
  await expect(app.messages.received.filter({ hasText: 'burrow/0' })).toContainText('hop')
  await app.publish.send({ topic: 'burrow/1', qos: '1', payload: '"hop twice"' })
  await expect(app.messages.received.filter({ hasText: 'burrow/1' })).toContainText('hop twice')
  await expect(app.messages.published.last()).toContainText('QoS 1acknowledged')
})
