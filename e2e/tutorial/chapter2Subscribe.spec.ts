import { againstBothBrokers, expect, test } from '../fixtures/test.ts'
import { createSimpleDemo, subscribeToSensors } from './walk.ts'

againstBothBrokers(() => {
  test('[TU8] a subscription is listed with the granted QoS', async ({ app }) => {
    await createSimpleDemo(app)
    await subscribeToSensors(app)
    await app.subscriptions.add('plant/#', { QoS: '2' })
    await expect(app.subscriptions.items).toHaveCount(2)
    await expect(app.subscriptions.item('plant/#')).toContainText('QoS 2')
  })

  test('[TU9] an edited subscription is asked for anew', async ({ app, device }) => {
    await app.connect('Simple Demo')
    await app.subscriptions.add('old/topic')
    await app.subscriptions.choose('old/topic', 'Edit')
    await app.subscriptions.fill({ Topic: 'new/topic', QoS: '1', Alias: 'Fresh' })
    await app.subscriptions.confirm.click()
    await expect(app.subscriptions.item('Fresh')).toContainText('QoS 1')
    const sensor = await device()
    await sensor.publish('old/topic', 'to nobody', { qos: 1 })
    await sensor.publish('new/topic', 'to us', { qos: 1 })
    await expect(app.messages.with('to us')).toContainText('QoS 1')
    await expect(app.messages.items).toHaveCount(1)
  })

  test('[TU10] a disabled subscription receives nothing until it is enabled', async ({
    app,
    device,
  }) => {
    const sensor = await device()
    await app.connect('Simple Demo')
    await app.subscriptions.add('a')
    await app.subscriptions.choose('a', 'Disable')
    await expect(app.subscriptions.item('a')).toContainText('Disabled')
    await expect(app.subscriptions.item('a')).not.toContainText('QoS')
    // Brokers answer in order: with this one granted, the end of the other has come into effect.
    await app.subscriptions.add('b')
    await sensor.publish('a', 'first', { qos: 1 })
    await sensor.publish('b', 'between', { qos: 1 })
    await expect(app.messages.with('between')).toBeVisible()
    await app.subscriptions.choose('a', 'Enable')
    await expect(app.subscriptions.item('a')).toContainText('QoS 0')
    await sensor.publish('a', 'second', { qos: 1 })
    await expect(app.messages.with('second')).toBeVisible()
    await expect(app.messages.items).toHaveCount(2)
  })

  test('[TU11] a removed subscription receives nothing, and Undo brings it back', async ({
    app,
    device,
  }) => {
    const sensor = await device()
    await app.connect('Simple Demo')
    await app.subscriptions.add('a', { Alias: 'First' })
    await app.subscriptions.choose('First', 'Remove')
    await expect(app.subscriptions.items).toHaveCount(0)
    // Brokers answer in order: with this one granted, the end of the other has come into effect.
    await app.subscriptions.add('b')
    await sensor.publish('a', 'first', { qos: 1 })
    await sensor.publish('b', 'between', { qos: 1 })
    await expect(app.messages.with('between')).toBeVisible()
    await app.notices.undo.click()
    await expect(app.subscriptions.item('First')).toContainText('QoS 0')
    await sensor.publish('a', 'second', { qos: 1 })
    await expect(app.messages.with('second')).toBeVisible()
    await expect(app.messages.items).toHaveCount(2)
  })
})

test('[TU12] a refused subscription says why', async ({ app, broker }) => {
  broker.embedded.faults.add({ suback: { filter: 'secret/#', reasonCode: 0x87 } })
  await app.connect('Simple Demo')
  await app.subscriptions.add('secret/#')
  await expect(app.subscriptions.item('secret/#')).toContainText(/not authorized/i)
})

test('[TU26] a subscription that the broker refuses to end says why', async ({ app, broker }) => {
  const behave = broker.embedded.faults.add({ unsuback: { filter: 'a', reasonCode: 0x87 } })
  await app.connect('Simple Demo')
  await app.subscriptions.add('a')
  await app.subscriptions.choose('a', 'Disable')
  await expect(app.subscriptions.item('a')).toContainText(/refused: not authorized/i)
  behave()
  await app.subscriptions.choose('a', 'Try Again')
  await expect(app.subscriptions.item('a')).toContainText('Disabled')
})

test('[TU26] of a removed one a notice says so, and its messages are listed', async ({
  app,
  broker,
  device,
}) => {
  broker.embedded.faults.add({ unsuback: { filter: 'a', reasonCode: 0x87 } })
  await app.connect('Simple Demo')
  await app.subscriptions.add('a')
  await app.subscriptions.choose('a', 'Remove')
  await expect(app.notices.trouble).toContainText(
    /refused to end the subscription a: not authorized/i,
  )
  await (await device()).publish('a', 'all the same', { qos: 1 })
  await expect(app.subscriptions.unexplained).toContainText('1 message')
})

test('[TU13] a click on a subscription filters the messages, another one shows all', async ({
  app,
  device,
}) => {
  await app.connect('Simple Demo')
  await app.subscriptions.add('a/+')
  await app.subscriptions.add('b/+', { Alias: 'Bees' })
  const sensor = await device()
  await sensor.publish('a/1', 'from a', { qos: 1 })
  await sensor.publish('b/1', 'from b', { qos: 1 })
  await expect(app.messages.items).toHaveCount(2)
  await app.subscriptions.toggle('Bees')
  await expect(app.messages.items).toHaveText([/from b/])
  await app.subscriptions.toggle('Bees')
  await expect(app.messages.items).toHaveText([/from a/, /from b/])
})

test('[TU14] the dialog keeps what is not a filter from being sent', async ({ app }) => {
  await app.connect('Simple Demo')
  await app.subscriptions.openDialog()
  const topic = app.subscriptions.field('Topic')
  for (const [filter, words] of [
    ['', 'Enter a topic'],
    ['sensor/#/temperature', 'must be a whole level, and the last one'],
    ['sensor/a+/temperature', 'must be a whole level'],
    ['$share/group', 'shared subscription'],
  ] as const) {
    await topic.fill(filter)
    await app.subscriptions.confirm.click()
    await expect(topic).toHaveAccessibleDescription(new RegExp(words))
    await expect(app.subscriptions.dialog).toBeVisible()
  }
  await topic.fill('sensor/#')
  await app.subscriptions.confirm.click()
  await expect(app.subscriptions.item('sensor/#')).toContainText('QoS 0')
})
