import { expect, test } from '../fixtures/test.ts'
import { inAllVariants } from './variants.ts'

/** A small plant: what its devices say, one line after the other. */
const PLANT: [topic: string, payload: string | Uint8Array][] = [
  ['plant/line-1/press/temperature', '{"value": 71.4, "unit": "°C"}'],
  ['plant/line-1/press/pressure', '{"value": 4.12, "unit": "bar", "ok": true}'],
  ['plant/line-2/oven/zone/3/temperature', '218.75'],
  ['plant/line-2/oven/door', 'closed'],
  ['plant/gate/camera/1', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1)],
  [
    'plant/line-1/robot/arm-left/telemetry',
    '{\n  "joints": [12.5, -3.25, 88, 0.125],\n  "gripper": null,\n  "cycle": 88213,\n  "note": "picked part from tray 4, orientation corrected by camera"\n}',
  ],
  ['plant/energy/meter/main', '{"kW": 182.3, "kWh": 90211.77}'],
]

inAllVariants(({ isNarrow, pathOf }) => {
  test('the table', async ({ app, page, device }) => {
    const take = (name: string) => page.screenshot({ path: pathOf(name) })

    const plant = await device()
    await plant.publish('plant/status', '{"state": "running", "shift": 2}', {
      qos: 1,
      retain: true,
    })
    await app.connect('Plant')
    await app.showSubscriptions()
    await app.subscriptions.add('plant/line-1/#', { QoS: '1' })
    await app.subscriptions.add('plant/+/+/temperature')
    await app.subscriptions.add('plant/#', { QoS: '2' })
    await app.showMessages()
    await app.messages.showAs('Table')
    for (let round = 0; round < 5; round += 1) {
      for (const [topic, payload] of PLANT) await plant.publish(topic, payload, { qos: 1 })
    }
    await app.showPublish()
    await app.publish.send({
      topic: 'plant/line-2/oven/set',
      payload: '{"zone": 3, "to": 220}',
    })
    for (const [topic, payload] of PLANT.slice(2)) await plant.publish(topic, payload)
    await expect(app.messages.rowsWith('90211.77').last()).toBeVisible()
    if (isNarrow) {
      await page.getByRole('button', { name: 'Hide the publish pane' }).click()
    }
    await take('8-table')
    await app.messages.tellTime('Since last')
    await app.messages.pause.click()
    for (const [topic, payload] of PLANT) await plant.publish(topic, payload)
    await expect(app.messages.region.getByText('7 new')).toBeVisible()
    await app.messages.rows.nth(-4).hover()
    await take('8-table-paused')
    await app.messages.showAs('Bubbles')
    await take('8-bubbles-paused')
  })
})
