import type { Locator, Page } from '@playwright/test'
import { findThemedViolations } from './fixtures/axe.ts'
import { expect, test } from './fixtures/test.ts'
import { WIDTHS } from './fixtures/widths.ts'
import { SENSOR_1 } from './tutorial/walk.ts'

for (const [name, viewport] of WIDTHS) {
  test.describe(name, () => {
    test.use({ viewport })

    test('[TA1] axe finds nothing on any screen', async ({ app, page, device }) => {
      const check = async (screen: string) =>
        expect.soft(await findThemedViolations(page), screen).toEqual([])
      // axe reads the page as it is, so each screen has to be there first.
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      await check('no connection yet')

      await app.goToForm()
      await app.form.unfold('Advanced')
      await app.form.unfold('Last Will and Testament')
      await check('form')
      await app.form.fill({ Host: '', Port: '0', 'Last-Will Topic': '#' })
      await app.form.connect.click()
      await check('form with issues')
      await app.bar.getByRole('link', { name: 'Settings' }).click()
      await app.goToForm()
      await check('form with what was typed before')
      await page.getByRole('button', { name: 'Start over' }).click()

      await app.connect('Simple Demo')
      await check('connection without messages')
      await app.showSubscriptions()
      await app.subscriptions.openDialog()
      await check('subscription dialog')
      await app.subscriptions.fill({ Topic: '#', QoS: '1' })
      await app.subscriptions.confirm.click()
      await expect(app.subscriptions.item('#')).toContainText('QoS 1')
      await check('subscriptions')
      await app.showMessages()
      const sensor = await device()
      await sensor.publish('sensor/1/temperature', SENSOR_1, { qos: 1, retain: true })
      await sensor.publish('bytes', Uint8Array.of(0, 255, 10), { qos: 1 })
      await expect(app.messages.items).toHaveCount(2)
      await app.showPublish()
      await app.publish.send({ topic: 'a/b', type: 'JSON', payload: '{"n": 1}' })
      await expect(app.messages.items).toHaveCount(4)
      await app.publish.fill({ payload: '{"n": ' })
      await check('connection with messages')
      await app.messages.showAs('Table')
      await expect(app.messages.rows.first()).toBeVisible()
      await check('connection with a table of messages')
      await app.messages.showAs('Bubbles')
      await app.publish.properties.click()
      await app.publish.property('Response Topic').fill('#')
      await check('properties of a message')
      await app.publish.property('Response Topic').fill('')
      await app.publish.propertiesDone.click()
      await app.packets.tab.click()
      await app.packets.named('CONNECT').click()
      await app.packets.field('Keep Alive').click()
      await check('packets')
      await app.messages.tab.click()
      await app.session.choose('Disconnect with …')
      await check('disconnect with a reason')
      await page.keyboard.press('Escape')
      await app.session.more.click()
      await expect(page.getByRole('menu')).toBeVisible()
      await check('menu')
      await page.keyboard.press('Escape')

      await app.bar.getByRole('link', { name: 'Connections' }).click()
      await check('connections')
      await app.bar.getByRole('link', { name: 'Settings' }).click()
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
      await check('settings')
      await app.bar.getByRole('link', { name: 'Help' }).click()
      await expect(page.getByRole('heading', { name: 'Help', exact: true })).toBeVisible()
      await check('help')
    })
  })
}

const LIGHT_FRAME = '#eceef2'
const DARK_FRAME = '#090b0d'

/** The colour of the browser's own frame. */
function frameColor(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const all = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')
    return Array.from(all).find(({ media }) => matchMedia(media).matches)?.content
  })
}

test('[TA2] the theme follows the system until one is chosen, with the browser’s frame', async ({
  app,
  page,
}) => {
  const html = page.locator('html')
  await expect(html).toHaveAttribute('data-theme', 'light')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(html).toHaveAttribute('data-theme', 'dark')
  await app.bar.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('radio', { name: 'Light' }).check()
  await expect(html).toHaveAttribute('data-theme', 'light')
  expect(await frameColor(page)).toBe(LIGHT_FRAME)
  await page.addInitScript(() => {
    // Scripts in the head have run by then, those of modules have not.
    document.addEventListener('readystatechange', () => {
      const { dataset } = document.documentElement
      const all = document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')
      const color = Array.from(all).find(({ media }) => matchMedia(media).matches)?.content
      dataset['early'] ??= `${dataset['theme']} ${color}`
    })
  })
  await page.reload()
  await expect(html).toHaveAttribute('data-theme', 'light')
  await expect(html).toHaveAttribute('data-early', `light ${LIGHT_FRAME}`)
  expect(await frameColor(page)).toBe(LIGHT_FRAME)
  await page.getByRole('radio', { name: 'System' }).check()
  await expect(html).toHaveAttribute('data-theme', 'dark')
  expect(await frameColor(page)).toBe(DARK_FRAME)
})

/** Goes on with Tab until the element has the focus. */
async function tabTo(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await target.waitFor()
  for (let i = 0; i < 80; i += 1) {
    if (await target.evaluate((element) => element.matches(':focus'))) return
    await page.keyboard.press(key)
  }
  await expect(target).toBeFocused()
}

test('[TA3] chapters 1 to 3 need no mouse', async ({ app, page }) => {
  const { keyboard } = page
  const press = async (target: Locator, key = 'Enter') => {
    await tabTo(page, target)
    await keyboard.press(key)
  }
  await press(page.getByRole('main').getByRole('button', { name: 'New Connection' }))
  await tabTo(page, app.form.field('Name'))
  await keyboard.type('Simple Demo')
  await press(app.form.connect)
  await expect(app.session.state('Connected')).toBeVisible()

  await press(app.subscriptions.region.getByRole('button', { name: 'New Subscription' }))
  await expect(app.subscriptions.field('Topic')).toBeFocused()
  await keyboard.type('sensor/+/temperature')
  await keyboard.press('Enter')
  await expect(app.subscriptions.item('sensor/+/temperature')).toContainText('QoS 0')

  await press(app.bar.getByRole('link', { name: 'New Connection' }))
  await tabTo(page, app.form.field('Name'))
  await keyboard.type('Sensor 1')
  await keyboard.press('Enter')
  await expect(app.session.heading('Sensor 1')).toBeVisible()
  await expect(app.session.state('Connected')).toBeVisible()
  await tabTo(page, app.publish.topic)
  await keyboard.type('sensor/1/temperature')
  await tabTo(page, app.publish.payload)
  await keyboard.type('{"msg": "17.2"}')
  await keyboard.press('Control+Enter')
  await expect(app.messages.with('17.2')).toBeVisible()

  await expect(app.connections.badge('Simple Demo')).toHaveText('1')
  await press(app.connections.item('Simple Demo').getByRole('link'))
  await expect(app.messages.with('sensor/1/temperature')).toContainText('17.2')

  await press(app.session.more)
  await expect(page.getByRole('menu')).toBeVisible()
  await keyboard.press('Escape')
  await expect(app.session.more).toBeFocused()
})

test('[TA4] a menu that was opened by mouse and closed is opened by a key at once', async ({
  app,
  page,
}) => {
  const { keyboard } = page
  await app.connect('Menu')
  const entry = (name: string) => page.getByRole('menuitem', { name, exact: true })
  for (const key of ['Enter', 'ArrowDown', 'Space', 'Enter', 'ArrowDown', 'Space']) {
    await app.session.more.click()
    await expect(entry('Drop Connection')).toBeVisible()
    await keyboard.press('Escape')
    await keyboard.press(key)
    await keyboard.press('ArrowDown')
    await expect(entry('Disconnect with …')).toBeFocused()
    await keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
    await expect(app.session.more).toBeFocused()
  }
})

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 1280, height: 600 },
  { width: 390, height: 844 },
  { width: 360, height: 640 },
]) {
  test.describe(`at ${viewport.width} × ${viewport.height}`, () => {
    test.use({ viewport })

    test('[TA5] a dialog with much content keeps its head and actions in the window', async ({
      app,
      device,
    }) => {
      await app.connect('Long')
      await app.showSubscriptions()
      await app.subscriptions.add('#')
      await app.showMessages()
      const properties = Array.from({ length: 60 }, (_, i) => [`name ${i}`, 'value'] as const)
      const sensor = await device()
      await sensor.publish('a', 'line\n'.repeat(200), {
        qos: 1,
        properties: { userProperties: Object.fromEntries(properties) },
      })
      await app.messages.openDetail(app.messages.items)
      const { detail } = app.messages
      await expect(detail).toBeVisible()
      const box = await detail.boundingBox()
      expect(box?.y).toBeGreaterThanOrEqual(8)
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height - 8)
      await expect(detail.getByRole('heading', { name: 'Message' })).toBeInViewport({ ratio: 1 })
      await detail.getByText('Size', { exact: true }).scrollIntoViewIfNeeded()
      for (const name of ['Copy topic', 'Copy payload', 'Save payload']) {
        await expect(detail.getByRole('button', { name })).toBeInViewport({ ratio: 1 })
      }
    })
  })
}
