import { expect, test } from '../fixtures/test.ts'
import { InFlight } from '../panes/inFlight.ts'
import { inAllVariants } from './variants.ts'

inAllVariants(({ pathOf }) => {
  test('packets, requests and properties', async ({ app, page, device }) => {
    const take = (name: string) => page.screenshot({ path: pathOf(name) })

    const lamp = await device()
    const requests = await lamp.serve('lamp/1/set')
    await app.connect('Lamps', {
      'Client ID': 'lamps',
      Username: 'ada',
      Password: 'hidden from all eyes',
    })
    await app.showSubscriptions()
    await app.subscriptions.add('lamp/#', { QoS: '2' })
    await app.showPublish()
    await app.publish.properties.click()
    await app.publish.property('Content Type').fill('application/json')
    await app.publish.property('Response Topic').fill('lamp/answers')
    await app.publish.property('Message Expiry Interval').fill('3600')
    await take('9-properties')
    await app.publish.propertiesDone.click()
    await app.publish.send({ topic: 'lamp/2/set', qos: '2', payload: '{"power": "on"}' })
    await lamp.publish('lamp/1/state', '{"power": "on", "level": 80}', { qos: 1 })
    await app.packets.tab.click()
    await expect(app.packets.named('PUBCOMP').first()).toBeVisible()
    await take('9-packets')
    await app.packets.named('PUBLISH').first().click()
    await app.packets.field('Response Topic').click()
    await take('9-packet')
    await app.requests.tab.click()
    await take('9-requests-none')
    await app.requests.send({ Topic: 'lamp/1/set', Payload: '{"power": "off"}' })
    await expect.poll(() => requests.length).toBe(1)
    await requests[0]?.answer('{"power": "off", "level": 0}')
    await expect(app.requests.item('lamp/1/set')).toContainText('1 answer')
    await app.requests.send({ Topic: 'fan/7/set', Payload: '{"power": "off"}' })
    await expect(app.requests.item('fan/7/set')).toContainText('Nobody is subscribed')
    await take('9-requests')
    await app.messages.tab.click()
    await app.session.choose('Disconnect with …')
    await take('9-disconnect')
  })

  test('what is in flight', async ({ app, broker, page }) => {
    await app.connect('Valves')
    broker.embedded.faults.add({ publishAcks: 'never' })
    await app.showPublish()
    await app.publish.send({ topic: 'valve/1', qos: '1', payload: '{"open": true}' })
    await app.publish.send({ topic: 'valve/2', qos: '2', payload: '{"open": false}' })
    await app.showMessages()
    await expect(app.messages.with('sent, not acknowledged yet')).toHaveCount(2)
    await app.session.choose('Drop Connection')
    const inFlight = new InFlight(page)
    await expect(inFlight.line).toBeVisible()
    await page.screenshot({ path: pathOf('9-in-flight') })
    await inFlight.show.click()
    await page.screenshot({ path: pathOf('9-in-flight-list') })
  })

  test.describe('a broker that tells of itself', () => {
    test.use({ brokerKind: 'mosquitto' })

    test('its status', async ({ app, page, device }) => {
      const busy = await device()
      await app.connect('Workshop')
      await app.brokerStatus.tab.click()
      for (let i = 0; i < 40; i += 1) await busy.publish('drill/speed', String(i), { qos: 1 })
      await expect(app.brokerStatus.flow('Data', 'Sent')).toContainText('/s')
      await page.screenshot({ path: pathOf('9-broker') })
    })
  })
})
