import { App } from './panes/app.ts'
import { test as base, expect } from './fixtures/test.ts'
import { createSimpleDemo, publishFromSensors, subscribeToSensors } from './tutorial/walk.ts'

/** A page that comes over http from another host name, which browsers give no secure context. */
const test = base.extend({
  url: async ({ site }, use) => {
    await use(`http://mqtab.test:${site.port}${site.base}`)
  },
})

test('[TL10] everything works on plain http from a host name on the network', async ({
  app,
  page,
}) => {
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  await createSimpleDemo(app)
  await subscribeToSensors(app)
  await publishFromSensors(app)
  await page.reload()
  await expect(app.messages.items).toHaveCount(2)
  const second = new App(await page.context().newPage(), app.url)
  await second.open()
  await expect(second.connections.dots('Connected')).toHaveCount(3)
})

test('[MR5] topic and payload are shown to be copied by hand', async ({ app, device, page }) => {
  await app.connect('Copies')
  await app.subscriptions.add('#')
  const sensor = await device()
  await sensor.publish('plant/1', 'warm', { qos: 1 })
  await app.messages.openDetail(app.messages.items)
  for (const [button, text] of [
    ['Copy topic', 'plant/1'],
    ['Copy payload', 'warm'],
  ] as const) {
    await app.messages.detail.getByRole('button', { name: button }).click()
    const box = app.messages.detail.getByLabel('Text to copy')
    await expect(box).toBeFocused()
    await expect(box).toHaveValue(text)
    expect(await page.evaluate(() => getSelection()?.toString())).toBe(text)
  }
})

test.describe('without SharedWorker', () => {
  test.use({ sharedWorkers: false })

  test('[TL11] a second tab is told of the first one even without Web Locks', async ({ app }) => {
    await app.connect('Only one')
    const second = await app.openTab()
    await expect(second.alert('MQTab is open in another tab')).toBeVisible()
  })
})
