import { againstBothBrokers, expect, test } from '../fixtures/test.ts'
import { createSimpleDemo, publishFromSensors, subscribeToSensors } from './walk.ts'

againstBothBrokers(() => {
  test('[TU15] two sensors publish, and Simple Demo shows 2 and both messages', async ({ app }) => {
    await createSimpleDemo(app)
    await subscribeToSensors(app)
    await publishFromSensors(app)
    await expect(app.connections.badge('Simple Demo')).toBeHidden()
    await expect(app.status.count('Received')).toHaveText('Received 2')
  })
})

test('[TU16] sent messages stand on the right, received ones on the left', async ({ app }) => {
  await app.connect('Simple Demo')
  await app.subscriptions.add('echo')
  await app.publish.send({ topic: 'echo', payload: '"back"' })
  await expect(app.messages.items).toHaveCount(2)
  await app.messages.show('Published')
  const sent = await app.messages.sideOf(app.messages.with('back'))
  await app.messages.show('Received')
  const received = await app.messages.sideOf(app.messages.with('back'))
  expect([sent, received]).toEqual(['right', 'left'])
})

test('[TU17] each connection keeps its own draft, over a reload too', async ({ app }) => {
  await app.connect('Sensor 1')
  await app.publish.fill({ topic: 'sensor/1', type: 'JSON', payload: '{"n": 1}', qos: '1' })
  await app.connect('Sensor 2')
  await expect(app.publish.topic).toHaveValue('')
  await app.publish.fill({ topic: 'sensor/2', type: 'Hex', payload: 'c0 ff ee', retain: true })

  await app.page.reload()
  await expect(app.publish.topic).toHaveValue('sensor/2')
  await expect(app.publish.type).toHaveValue('hex')
  await expect(app.publish.payload).toHaveText('c0 ff ee')
  await expect(app.publish.retain).toBeChecked()
  await app.connections.open('Sensor 1')
  await expect(app.publish.topic).toHaveValue('sensor/1')
  await expect(app.publish.type).toHaveValue('json')
  await expect(app.publish.payload).toHaveText('{"n": 1}')
  await expect(app.publish.qos).toHaveValue('1')
  await expect(app.publish.retain).not.toBeChecked()
})

test('[TU18] a new connection starts from the broker of the last one that connected', async ({
  app,
}) => {
  await app.connect('Sensor 1', { Path: '/mqtt?from=one' })
  await app.goToForm()
  await expect(app.form.field('Path')).toHaveValue('/mqtt?from=one')
  await expect(app.form.field('Name')).toHaveValue('')
  await expect(app.form.field('Client ID')).toHaveValue(/^mqtab_[0-9a-f]{8}$/)
})

test('[TU19] Ctrl+Enter in the payload publishes', async ({ app, device }) => {
  const listener = await device()
  const heard = await listener.listen('#')
  await app.connect('Sensor 1')
  await app.publish.fill({ topic: 'sensor/1', payload: '{"n": 1}' })
  await app.publish.payload.press('Control+Enter')
  await expect.poll(() => heard.map(({ payload }) => payload.toString())).toEqual(['{"n": 1}'])
})

test.describe('on a screen of 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 } })

  test('[TU25] chapters 1 to 3 work with one pane at a time', async ({ app, site }) => {
    await createSimpleDemo(app)
    const broker = app.page.getByRole('banner').getByText(`127.0.0.1:${site.port}`)
    await expect(broker).toBeInViewport({ ratio: 1 })
    await subscribeToSensors(app)
    await publishFromSensors(app)
  })
})
