import path from 'node:path'
import process from 'node:process'
import { expect, test } from '../fixtures/test.ts'
import { createSimpleDemo, publishFromSensors, subscribeToSensors } from '../tutorial/walk.ts'
import { inAllVariants } from './variants.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Set it to replace the README's picture as well. */
const IS_FOR_README = process.env['README_PICTURE'] !== undefined

inAllVariants(({ variant, pathOf }) => {
  test('the tutorial', async ({ app, page }) => {
    test.setTimeout(180_000)
    const take = (name: string) => page.screenshot({ path: pathOf(name) })

    await take('0-empty')
    await app.goToForm()
    await take('1-form')
    await app.bar.getByRole('link', { name: 'Connections' }).click()
    await createSimpleDemo(app)
    await take('1-connected')
    await app.showSubscriptions()
    await app.subscriptions.openDialog()
    await app.subscriptions.fill({ Topic: 'sensor/+/temperature' })
    await take('2-dialog')
    await page.keyboard.press('Escape')
    await subscribeToSensors(app)
    await take('2-subscribed')
    await publishFromSensors(app)
    await take('3-published')

    await app.goToConnection('Sensor 1')
    await app.showPublish()
    const retained = { topic: 'retained_message', retain: true }
    await app.publish.send({ ...retained, payload: '{ "msg": "first" }' })
    await expect(app.messages.with('first')).toBeVisible()
    await app.publish.send({ ...retained, payload: '{ "msg": "second" }' })
    await expect(app.messages.with('second')).toBeVisible()
    await take('4-publisher')
    await app.goToConnection('Simple Demo')
    await app.showSubscriptions()
    await app.subscriptions.add('retained_message')
    await app.showMessages()
    await expect(app.messages.with('second')).toBeVisible()
    await take('4-retained')

    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'MQTT V3', 'MQTT Version': '3.1.1', 'Clean Session': false })
    await take('5-form')
    await app.form.connect.click()
    await expect(app.session.state('Connected')).toBeVisible()
    await app.showSubscriptions()
    await app.subscriptions.add('clean_session_false', { QoS: '1' })
    await expect(app.subscriptions.item('clean_session_false')).toContainText('QoS 1')
    await app.session.disconnect.click()
    await expect(app.session.connect).toBeVisible()
    await app.goToConnection('Sensor 1')
    await app.showPublish()
    for (const n of [1, 2, 3]) {
      const payload = `{ "msg": ${n} }`
      await app.publish.send({ topic: 'clean_session_false', qos: '1', retain: false, payload })
      await expect(app.messages.with(`"msg": ${n}`)).toBeVisible()
    }
    await app.goToConnection('MQTT V3')
    await app.session.connect.click()
    await app.showMessages()
    await expect(app.messages.items).toHaveCount(3)
    await take('5-resumed')

    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.unfold('Last Will and Testament')
    await app.form.fill({
      Name: 'Last Will',
      'Keep Alive': '5',
      'Last-Will Topic': 'last_will',
      'Last-Will QoS': '1',
      'Last-Will Retain': true,
      'Last-Will Payload': 'offline',
    })
    await take('6-form')
    await app.form.connect.click()
    await expect(app.session.state('Connected')).toBeVisible()
    await app.session.choose('Drop Connection')
    await expect(app.session.connect).toBeVisible()
    await take('6-dropped')
    await app.goToConnection('Simple Demo')
    await app.showSubscriptions()
    await app.subscriptions.add('last_will')
    await app.showMessages()
    await expect(app.messages.with('offline')).toBeVisible()
    await take('6-will')
    if (IS_FOR_README && variant === 'light-1440') {
      await page.screenshot({ path: path.join(ROOT, 'docs/screenshot.png') })
    }
    for (const name of ['Settings', 'Help']) {
      await app.bar.getByRole('link', { name }).click()
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
      await take(`7-${name.toLowerCase()}`)
    }
  })
})
