import { readFile } from 'node:fs/promises'
import type { App } from './panes/app.ts'
import { expect, test } from './fixtures/test.ts'

async function subscribe(app: App, filter: string, qos = '0'): Promise<void> {
  await app.subscriptions.openDialog()
  await app.subscriptions.fill({ Topic: filter, QoS: qos })
  await app.subscriptions.confirm.click()
  await expect(app.subscriptions.item(filter)).toContainText(`QoS ${qos}`)
}

test('[PI1] [PI3] [PI4] every packet is there, taken apart, paired, and without secrets', async ({
  app,
}) => {
  await app.connect('Open', { Username: 'reader', Password: 'not-for-you' })
  await subscribe(app, 'greeting', '2')
  await app.publish.send({ topic: 'greeting', type: 'Plaintext', payload: 'hello', qos: '2' })
  await expect(app.messages.with('greeting')).toHaveCount(2)

  await app.packets.tab.click()
  for (const name of ['CONNECT', 'CONNACK', 'SUBSCRIBE', 'SUBACK']) {
    await expect(app.packets.named(name)).toHaveCount(1)
  }
  // One message, twice: from here to the broker, and back.
  for (const name of ['PUBLISH', 'PUBREC', 'PUBREL', 'PUBCOMP']) {
    await expect(app.packets.named(name)).toHaveCount(2)
  }

  await app.packets.named('CONNECT').click()
  await expect(app.packets.field('User Name')).toContainText('reader')
  await expect(app.packets.field('Password')).toContainText('masked')
  await expect(app.packets.detail).not.toContainText('not-for-you')
  await app.packets.field('Keep Alive').click()
  await expect(app.packets.markedBytes).toHaveText('00 1e ')

  await app.packets.named('PUBCOMP').filter({ hasText: 'Received' }).click()
  const exchange = app.packets.detail.getByRole('group', { name: 'Exchange' })
  await expect(exchange.getByRole('button')).toHaveText(['PUBLISH', 'PUBREC', 'PUBREL', 'PUBCOMP'])
  await exchange.getByRole('button', { name: 'PUBLISH' }).click()
  await expect(app.packets.field('Topic Name')).toContainText('greeting')
  await expect(app.packets.field('Payload')).toContainText('hello')
})

test('[PI7] a refusal can be read packet by packet, also after a second try', async ({
  app,
  broker,
}) => {
  broker.embedded.faults.add({ connack: { reasonCode: 0x8a, reasonString: 'You know why' } })
  await app.goToForm()
  await app.form.fill({ Name: 'Banned' })
  await app.form.connect.click()
  await expect(app.session.trouble('Banned')).toBeVisible()
  await app.packets.tab.click()
  await expect(app.packets.named('CONNACK')).toContainText('138 (0x8A) Banned')
  await app.session.connect.click()
  await expect(app.packets.named('CONNACK')).toHaveCount(2)
  await app.packets.named('CONNACK').last().click()
  await expect(app.packets.field('Reason String')).toContainText('You know why')
})

test('[PI8] [PI10] the list is narrowed by type, identifier and text, and saved as it is', async ({
  app,
}) => {
  await app.connect('Narrow', { Password: 'not-for-you', Username: 'reader' })
  await subscribe(app, 'house/#', '1')
  for (const room of ['kitchen', 'hall']) {
    await app.publish.send({ topic: `house/${room}`, payload: '{"on":true}', qos: '1' })
    await expect(app.messages.with(`house/${room}`)).toHaveCount(2)
  }
  await app.packets.tab.click()
  await app.packets.type.selectOption('PUBLISH')
  await expect(app.packets.rows).toHaveCount(4)
  await app.packets.search.fill('kitchen')
  await expect(app.packets.rows).toHaveCount(2)
  await app.packets.type.selectOption('All types')
  await app.packets.search.fill('')
  await app.packets.id.fill('no number')
  await expect(app.packets.id).toHaveAccessibleDescription(/from 1 to 65535/)

  await app.packets.id.fill('')
  const download = app.page.waitForEvent('download')
  await app.packets.save.click()
  const file = await (await download).path()
  const text = await readFile(file, 'utf8')
  const packets = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { packet: string; hex: string })
  expect(packets.map(({ packet }) => packet)).toEqual(
    expect.arrayContaining(['CONNECT', 'CONNACK', 'SUBSCRIBE', 'SUBACK', 'PUBLISH', 'PUBACK']),
  )
  const bytes = packets.map(({ hex }) => Buffer.from(hex, 'hex').toString('latin1')).join('')
  expect(bytes).toContain('reader')
  expect(bytes + text).not.toContain('not-for-you')
})

test('[PI6] [ML17] of a flood there is a sample, and that is said; the messages are all there', async ({
  app,
  device,
}) => {
  await app.connect('Flooded')
  await subscribe(app, 'flood')
  await app.packets.tab.click()
  const source = await device()
  for (let sent = 0; sent < 10_000; sent += 1_000) {
    await Promise.all(Array.from({ length: 1_000 }, () => source.publish('flood', 'drop')))
  }
  await expect(app.status.region).toContainText('Received 10,000')
  await expect(app.packets.region).toContainText('came too fast to be kept')
  await expect(app.packets.region).toContainText('All messages are in the log.')
  await app.packets.type.selectOption('CONNACK')
  await expect(app.packets.rows).toHaveCount(1)

  await source.publish('flood', 'the last drop')
  await app.messages.tab.click()
  await expect(app.messages.with('the last drop')).toBeInViewport()
})

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('[PB21] the publish pane makes room for the packets, and keeps its draft', async ({
    app,
  }) => {
    await app.connect('Pocket')
    await app.showPublish()
    await app.publish.fill({ topic: 'half/written' })
    await app.packets.tab.click()
    await expect(app.publish.region).toBeHidden()
    await expect(app.packets.named('CONNECT')).toBeVisible()
    await app.messages.tab.click()
    await app.showPublish()
    await expect(app.publish.topic).toHaveValue('half/written')
  })
})
