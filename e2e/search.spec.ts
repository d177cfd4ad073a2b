import { findThemedViolations } from './fixtures/axe.ts'
import { expect, test } from './fixtures/test.ts'
import { WIDTHS } from './fixtures/widths.ts'
import type { App } from './panes/app.ts'

type Device = Awaited<ReturnType<Parameters<Parameters<typeof test>[2]>[0]['device']>>

/** Five messages of which each is different from the others in one way. */
async function fill(app: App, sensor: Device): Promise<void> {
  await app.connect('Search')
  await app.subscriptions.add('in/#', { QoS: '2' })
  await sensor.publish('in/1/temperature', '{"temp": 17.2, "id": 12345678901234567890}')
  await sensor.publish('in/2/temperature', '{"temp": 25.5}', { qos: 1 })
  await sensor.publish('in/log/errors', 'Größe zu hoch', { qos: 2 })
  await sensor.publish('in/raw', Uint8Array.of(0xff, 0x45, 0x72, 0x72, 0xff), { qos: 1 })
  await expect(app.messages.items).toHaveCount(4)
  await app.publish.send({ topic: 'command', type: 'Plaintext', payload: 'error reset' })
  await expect(app.messages.items).toHaveCount(5)
}

test('[TS1] words are found in topics and payloads, counted and highlighted', async ({
  app,
  device,
}) => {
  await fill(app, await device())
  await app.search.field.fill('ERR')
  await expect(app.search.status).toHaveText('3 hits')
  await expect(app.messages.items).toHaveCount(3)
  await expect(app.search.marks).toHaveText(['err', 'err'])
  await app.search.field.fill('$.temp > 25')
  await expect(app.search.status).toHaveText('1 hit')
  await expect(app.search.marks).toHaveText(['25.5'])
  await app.search.field.fill('größe')
  await expect(app.search.status).toHaveText('1 hit')
  await expect(app.search.marks).toHaveText(['Größe'])

  await app.messages.items.first().hover()
  await app.messages.items.first().getByRole('button', { name: 'Details' }).click()
  const dialog = app.page.getByRole('dialog')
  await expect(dialog.locator('mark')).toHaveText('Größe')
  await app.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()

  await app.search.clear.click()
  await expect(app.messages.items).toHaveCount(5)
  await expect(app.search.marks).toHaveCount(0)
  await expect(app.search.status).toHaveText('')
})

test('[TS2] one bar takes every kind of term, and all of them count', async ({ app, device }) => {
  await fill(app, await device())
  const counts: [search: string, hits: number][] = [
    ['topic:in/+/temperature', 2],
    ['-topic:in/+/temperature', 3],
    ['$.temp > 25', 1],
    ['$.temp <= 17.2', 1],
    ['$.id = 12345678901234567890', 1],
    ['$.id = 12345678901234567891', 0],
    ['dir:out', 1],
    ['qos:>=1 dir:in', 3],
    ['qos:2', 1],
    ['size:<6', 1],
    ['time:today', 5],
    ['time:last1s -time:today', 0],
    ['/^error/ reset', 1],
    ['/ERROR/i -"reset"', 1],
    ['retain:yes', 0],
  ]
  for (const [search, hits] of counts) {
    await app.search.field.fill(search)
    await expect(app.search.status, search).toHaveText(hits === 1 ? '1 hit' : `${hits} hits`)
    await expect(app.messages.items, search).toHaveCount(hits)
  }
  await expect(app.messages.region).toContainText('No message matches')
  await app.messages.region.getByRole('button', { name: 'Show all messages' }).click()
  await expect(app.search.field).toHaveValue('')
  await expect(app.messages.items).toHaveCount(5)
})

test('[TS3] regular expressions are highlighted too', async ({ app, device }) => {
  await fill(app, await device())
  await app.search.field.fill('/\\d+\\.\\d/')
  await expect(app.search.status).toHaveText('2 hits')
  await expect(app.search.marks).toHaveText(['17.2', '25.5'])
})

test('[TS4] what is wrong is explained under the bar, and the last search stays', async ({
  app,
  device,
}) => {
  await fill(app, await device())
  await app.search.field.fill('error')
  await expect(app.messages.items).toHaveCount(2)
  await app.search.field.fill('error size:big')
  await expect(app.search.issue).toContainText('“size:big” is no size')
  await expect(app.search.field).toHaveAccessibleDescription(/“size:big” is no size/)
  await expect(app.search.field).toHaveAttribute('aria-invalid', 'true')
  await expect(app.messages.items).toHaveCount(2)
  await app.search.field.fill('error /a(/')
  await expect(app.search.issue).toContainText('Unterminated group')
  await app.search.field.fill('error size:>1')
  await expect(app.search.issue).toBeHidden()
  await expect(app.messages.items).toHaveCount(2)
})

test('[TS5] new messages are tested as they come, and the other filters count', async ({
  app,
  device,
}) => {
  const sensor = await device()
  await app.connect('Search')
  await app.subscriptions.add('a/#')
  await app.subscriptions.add('b/#')
  await app.search.field.fill('warm')
  await expect(app.search.status).toHaveText('0 hits')
  await sensor.publish('a/1', 'warm', { qos: 1 })
  await sensor.publish('a/2', 'cold', { qos: 1 })
  await sensor.publish('b/1', 'warmer', { qos: 1 })
  await expect(app.search.status).toHaveText('2 hits')
  await expect(app.messages.items).toHaveCount(2)
  await app.subscriptions.toggle('a/#')
  await expect(app.messages.items).toHaveCount(1)
  await expect(app.search.status).toHaveText('1 hit')
  await app.publish.send({ topic: 'a/3', type: 'Plaintext', payload: 'warm as well' })
  await expect(app.search.status).toHaveText('3 hits')
  await app.messages.show('Published')
  await expect(app.search.status).toHaveText('1 hit')
  await expect(app.messages.items).toHaveCount(1)
  await app.search.clear.click()
  await expect(app.messages.items).toHaveCount(1)
})

test('[TS6] a log of 10,000 is searched from end to end', async ({ app, device }) => {
  const sensor = await device()
  await app.connect('Search')
  await app.subscriptions.add('n/#')
  const all = Array.from({ length: 10_000 }, (_, i) => i)
  await Promise.all(all.map((i) => sensor.publish(`n/${i % 7}`, `message number ${i}`)))
  await expect(app.status.count('Stored')).toHaveText('Stored 10,000')
  await app.search.field.fill('-/[1-9]/ 0')
  await expect(app.search.status).toHaveText('1 hit')
  await app.search.field.fill('"number 99"')
  await expect(app.search.status).toHaveText('111 hits')
  await expect(app.messages.with('message number 9999')).toBeVisible()
  await app.messages.region.getByRole('feed').press('Home')
  await expect(app.messages.with(/message number 99$/)).toBeVisible()
  await app.session.choose('Clear Messages')
  await app.page.getByRole('dialog').getByRole('button', { name: 'Clear Messages' }).click()
  await expect(app.search.status).toHaveText('0 hits')
  await expect(app.messages.items).toHaveCount(0)
  await sensor.publish('n/1', 'number 990', { qos: 1 })
  await expect(app.search.status).toHaveText('1 hit')
})

test('[TS7] a regular expression without end is stopped, and reception goes on', async ({
  app,
  device,
}) => {
  const sensor = await device()
  await app.connect('Search')
  await app.subscriptions.add('a')
  await sensor.publish('a', 'a'.repeat(60) + '!', { qos: 1 })
  await expect(app.messages.items).toHaveCount(1)
  await app.search.field.fill('/^(a+)+$/')
  await expect(app.search.issue).toContainText('took more than two seconds')
  await sensor.publish('a', 'still here', { qos: 1 })
  await expect(app.status.count('Stored')).toHaveText('Stored 2')
  await app.search.field.fill('still')
  await expect(app.search.issue).toBeHidden()
  await expect(app.search.status).toHaveText('1 hit')
  await expect(app.messages.items).toHaveCount(1)
})

test('[TS8] the keyboard finds the bar and leaves it', async ({ app, device, page }) => {
  await fill(app, await device())
  await app.messages.region.getByRole('feed').focus()
  await page.keyboard.press('/')
  await expect(app.search.field).toBeFocused()
  await page.keyboard.type('a/b')
  await expect(app.search.field).toHaveValue('a/b')
  await page.keyboard.press('Escape')
  await expect(app.search.field).toHaveValue('')
  await app.messages.region.getByRole('feed').focus()
  await page.keyboard.press('Control+f')
  await expect(app.search.field).toBeFocused()
  await app.publish.topic.focus()
  await page.keyboard.type('/x')
  await expect(app.publish.topic).toHaveValue(/\/x$/)
})

test('[TS9] a search stays with its connection, until the page is loaded again', async ({
  app,
  device,
  page,
}) => {
  await fill(app, await device())
  await app.connect('Other')
  await expect(app.search.field).toHaveValue('')
  await app.goToConnection('Search')
  await app.search.field.fill('hoch')
  await expect(app.messages.items).toHaveCount(1)
  await app.goToConnection('Other')
  await expect(app.search.field).toHaveValue('')
  await app.goToConnection('Search')
  await expect(app.search.field).toHaveValue('hoch')
  await expect(app.messages.items).toHaveCount(1)
  await page.reload()
  await expect(app.search.field).toHaveValue('')
  await expect(app.messages.items).toHaveCount(5)
})

for (const [name, viewport] of WIDTHS) {
  test.describe(name, () => {
    test.use({ viewport })

    test('[TS10] axe finds nothing while something is searched for', async ({
      app,
      page,
      device,
    }) => {
      await app.connect('Search')
      await app.showSubscriptions()
      await app.subscriptions.add('#', { QoS: '1' })
      await app.showMessages()
      const sensor = await device()
      await sensor.publish('sensor/1', '{"temp": 25.5, "state": true}', { qos: 1, retain: true })
      await sensor.publish('sensor/2', 'temp\u0000', { qos: 1 })
      await expect(app.messages.items).toHaveCount(2)
      await app.search.field.fill('temp true sensor')
      await expect(app.search.status).toHaveText('1 hit')
      await expect(app.search.marks).toHaveText(['sensor', 'temp', 'true'])
      expect.soft(await findThemedViolations(page), 'hits').toEqual([])
      await app.search.field.fill('temp size:')
      await expect(app.search.issue).toBeVisible()
      expect.soft(await findThemedViolations(page), 'an issue').toEqual([])
      await app.search.field.fill('nowhere')
      await expect(app.search.status).toHaveText('0 hits')
      expect.soft(await findThemedViolations(page), 'no hit').toEqual([])
    })
  })
}
