import { findThemedViolations } from './fixtures/axe.ts'
import { expect, test } from './fixtures/test.ts'
import { WIDTHS } from './fixtures/widths.ts'

test.describe('mosquitto', () => {
  test.use({ brokerKind: 'mosquitto', mosquittoOptions: { config: ['sys_interval 1'] } })

  test('[BS1] [BS3] [BS8] tells its status while the tab is open, and the log is none the wiser', async ({
    app,
    device,
  }) => {
    const { brokerStatus, packets } = app
    await app.connect('Watched')
    await app.subscriptions.add('#')
    await brokerStatus.tab.click()
    await expect(brokerStatus.region.getByRole('heading', { name: /^mosquitto \d/ })).toBeVisible()
    await expect(brokerStatus.region).toContainText(/Up for \d+ s/)
    await expect(brokerStatus.tile('Clients')).toContainText('1')
    const other = await device()
    await expect(brokerStatus.tile('Clients')).toContainText('2')
    await expect(brokerStatus.tile('Subscriptions')).toContainText('2')
    await expect(brokerStatus.flow('Data', 'Sent')).toContainText(/\d[\d.]* k?B\/s/)
    // The status itself is what this broker sends.
    await expect(brokerStatus.flow('Messages', 'Sent').locator('polyline')).toHaveCount(1)
    await expect(app.status.region).toContainText('Received 0')

    await brokerStatus.topics.click()
    await brokerStatus.filter.fill('version')
    await expect(brokerStatus.table.getByRole('row')).toHaveCount(2)
    await expect(brokerStatus.table).toContainText('mosquitto version')
    await brokerStatus.filter.fill('no such topic')
    await expect(brokerStatus.region).toContainText('No topic matches.')

    await packets.tab.click()
    await packets.type.selectOption('UNSUBSCRIBE')
    await expect(packets.rows).toHaveCount(1)
    await expect(packets.rows).toContainText('$SYS/#')
    await packets.type.selectOption('UNSUBACK')
    await expect(packets.rows).toHaveCount(1)
    await app.page.getByRole('tab', { name: 'Messages' }).click()
    await other.publish('a', 'an ordinary one')
    await expect(app.messages.items).toHaveCount(1)
    await expect(app.status.region).toContainText('Received 1')
  })

  test('[BS3] a user’s own subscription under $SYS gets its messages as before', async ({
    app,
  }) => {
    await app.connect('Own')
    await app.brokerStatus.tab.click()
    await expect(app.brokerStatus.tile('Clients')).toContainText('1')
    await app.subscriptions.add('$SYS/broker/uptime')
    await app.page.getByRole('tab', { name: 'Messages' }).click()
    await expect(app.messages.with('$SYS/broker/uptime').first()).toBeVisible()
    await expect(app.messages.with('$SYS/broker/clients/connected')).toHaveCount(0)
  })

  test('[BS2] [BS9] it goes on after the broker was restarted', async ({ app, broker }) => {
    await app.connect('Again')
    await app.brokerStatus.tab.click()
    await expect(app.brokerStatus.flow('Data', 'Sent')).toContainText('/s')
    await broker.mosquitto.halt()
    await expect(app.brokerStatus.region).toContainText('Not connected')
    await broker.mosquitto.restart()
    await app.session.state('Connected').waitFor()
    await expect(app.brokerStatus.flow('Data', 'Sent')).toContainText('/s')
  })
})

test('[BS10] a broker without any status is said to be one', async ({ app, page }) => {
  await app.connect('Silent')
  await page.clock.install()
  await app.brokerStatus.tab.click()
  await expect(app.brokerStatus.region).toContainText('Waiting for the broker’s first values')
  await page.clock.fastForward(14_000)
  await expect(app.brokerStatus.region).toContainText('Waiting for the broker’s first values')
  await page.clock.fastForward(1_000)
  await expect(app.brokerStatus.region).toContainText('This broker tells nothing of itself')
})

test('[BS5] a refusal is told with its reason, and can be tried again', async ({ app, broker }) => {
  const suback = { filter: '$SYS/#', reasonCode: 0x87 }
  const remove = broker.embedded.faults.add({ suback })
  await app.connect('Refused')
  await app.brokerStatus.tab.click()
  await expect(app.brokerStatus.region).toContainText('The broker refused $SYS/#: Not authorized')
  await expect(app.brokerStatus.region).toContainText('135 (0x87)')
  remove()
  await app.brokerStatus.region.getByRole('button', { name: 'Try Again' }).click()
  await expect(app.brokerStatus.region).toContainText('Waiting for the broker’s first values')
})

test('[BS10] [BS6] a broker in another layout has its topics listed as they are', async ({
  app,
  broker,
}) => {
  await app.connect('Other')
  await app.brokerStatus.tab.click()
  await expect(app.brokerStatus.region).toContainText('Waiting')
  await expect.poll(() => broker.embedded.publish('$SYS/x/b', encode('two'))).toBe(1)
  broker.embedded.publish('$SYS/x/a', encode('x'.repeat(2_000)))
  await expect(app.brokerStatus.table.getByRole('rowheader')).toHaveText(['$SYS/x/a', '$SYS/x/b'])
  await expect(app.brokerStatus.table).toContainText('Only the first 1,024 bytes were kept.')
})

for (const [name, viewport] of WIDTHS) {
  test.describe(name, () => {
    test.use({ viewport })

    test('[BS8] [TA1] a cluster of EMQX is told as one and node by node, and axe finds nothing', async ({
      app,
      broker,
      page,
    }) => {
      const suback = { filter: '$SYS/#', reasonCode: 0x87 }
      const remove = broker.embedded.faults.add({ suback })
      await app.connect('Cluster')
      await app.brokerStatus.tab.click()
      await expect(app.brokerStatus.region).toContainText('Not authorized')
      expect.soft(await findThemedViolations(page), 'refused').toEqual([])
      remove()
      await app.brokerStatus.region.getByRole('button', { name: 'Try Again' }).click()
      await expect(app.brokerStatus.region).toContainText('Waiting')
      expect.soft(await findThemedViolations(page), 'waiting').toEqual([])

      const publish = (topic: string, text: string) =>
        broker.embedded.publish(`$SYS/brokers${topic}`, encode(text))
      await expect.poll(() => publish('', 'emqx@10.0.0.1,emqx@10.0.0.2')).toBe(1)
      for (const round of [1, 2, 3]) {
        for (const node of ['emqx@10.0.0.1', 'emqx@10.0.0.2']) {
          publish(`/${node}/version`, '5.8.0')
          publish(`/${node}/sysdescr`, 'EMQX')
          publish(`/${node}/uptime`, '7384000')
          publish(`/${node}/stats/live_connections/count`, '1200')
          publish(`/${node}/stats/topics/count`, '70')
          for (const [flow, count] of [
            ['messages/received', 1_000],
            ['messages/sent', 9_000],
            ['bytes/received', 60_000],
            ['bytes/sent', 540_000],
          ] as const) {
            publish(`/${node}/metrics/${flow}`, String(count * round * round))
          }
        }
        // A rate needs two rounds that were seen one after the other.
        const total = (2 * 9_000 * round * round).toLocaleString('en')
        await expect(app.brokerStatus.flow('Messages', 'Sent')).toContainText(`${total} in all`)
      }
      const { region } = app.brokerStatus
      await expect(region.getByRole('heading', { name: 'EMQX 5.8.0' })).toBeVisible()
      await expect(region).toContainText('Up for 2 h 03 min')
      await expect(app.brokerStatus.tile('Clients')).toContainText('2,400')
      await expect(app.brokerStatus.tile('Topics')).toContainText('70')
      await expect(app.brokerStatus.flow('Messages', 'Sent')).toContainText(/\d\/s/)
      const row = region.getByRole('row').filter({ hasText: 'emqx@10.0.0.2' })
      await expect(row).toContainText('1,200')
      await app.brokerStatus.topics.click()
      await expect(app.brokerStatus.table).toContainText('$SYS/brokers')
      expect.soft(await findThemedViolations(page), 'values').toEqual([])
    })
  })
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
