import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from '@playwright/test'
import type { Device } from './fixtures/device.ts'
import { expect, test } from './fixtures/test.ts'
import type { App } from './panes/app.ts'
import type { Fields } from './panes/fillIn.ts'

/** Publishes numbers to `flow` until it is told to stop. */
function pour(device: Device): () => Promise<void> {
  const state = { goesOn: true }
  const pouring = (async () => {
    for (let number = 0; state.goesOn; number += 1) {
      await device.publish('flow', `number ${number} of many`, { qos: 1 })
      await pause(4)
    }
  })()
  return async () => {
    state.goesOn = false
    await pouring
  }
}

async function openTable(
  app: App,
  name: string,
  filter: string,
  logLimits?: Fields,
): Promise<void> {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: name, 'Clean Session': false })
  if (logLimits) {
    await app.form.unfold('Message Log')
    await app.form.fill(logLimits)
  }
  await app.form.connect.click()
  await expect(app.session.state('Connected')).toBeVisible()
  await app.showSubscriptions()
  await app.subscriptions.add(filter, { QoS: '1' })
  await expect(app.subscriptions.item(filter)).toContainText('QoS 1')
  await app.showMessages()
  await app.messages.showAs('Table')
}

/** A UTC time as its field writes it: the browser leaves out zeros at the end, and takes no others. */
const fieldText = (page: Page, time: Date) =>
  page.evaluate((milliseconds) => {
    const field = document.createElement('input')
    field.type = 'datetime-local'
    field.valueAsNumber = milliseconds
    return field.value
  }, time.getTime())

const topOf = async (row: Locator) => (await row.boundingBox())?.y
const heightOf = async (row: Locator) => (await row.boundingBox())?.height

test('[TM8] a message is one line, with all that is in it', async ({ app, device }) => {
  const sensor = await device()
  await sensor.publish('a/kept', '{"n":\n 1}', { qos: 1, retain: true })
  await openTable(app, 'Dense', 'a/#')
  await sensor.publish('a/long', 'x'.repeat(5_000), { qos: 1 })
  await app.publish.send({ topic: 'b', type: 'Plaintext', payload: 'sent' })

  const table = app.messages.region.getByRole('table', { name: 'Message list' })
  await expect(table.getByRole('columnheader')).toHaveText([
    ...['Time', 'Direction', 'Topic', 'Payload', 'QoS', 'Retain', 'Size'],
  ])
  await expect(table.getByRole('row', { name: /^New session\. / })).toBeVisible()
  const kept = app.messages.rowsWith('a/kept')
  const cells = kept.getByRole('cell')
  await expect(cells.nth(0)).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}$/)
  await expect(cells.nth(1)).toHaveText('Received')
  await expect(cells.nth(2)).toHaveText('a/kept')
  await expect(cells.nth(3)).toHaveText('{ "n": 1 }')
  await expect(cells.nth(4)).toHaveText('1')
  await expect(cells.nth(5)).toHaveText('Retained')
  await expect(cells.nth(6)).toHaveText('9 B')
  const sent = app.messages.rowsWith('sent')
  await expect(sent.getByRole('cell').nth(1)).toHaveText('Published')
  expect(await heightOf(app.messages.rowsWith('a/long'))).toBe(28)
  expect(await heightOf(sent)).toBe(28)

  await app.messages.openDetail(kept)
  await expect(app.messages.detail).toContainText('a/kept')
  await app.page.keyboard.press('Escape')
})

test('[TM9] the density is remembered for each connection', async ({ app, device }) => {
  await openTable(app, 'Dense', 'a')
  await (await device()).publish('a', 'one', { qos: 1 })
  await expect(app.messages.rowsWith('one')).toBeVisible()
  await app.connect('Loose')
  await app.subscriptions.add('$none')
  await expect(app.messages.region.getByRole('radio', { name: 'Bubbles' })).toBeChecked()
  await app.goToConnection('Dense')
  await expect(app.messages.rowsWith('one')).toBeVisible()
  await app.page.reload()
  await expect(app.messages.rowsWith('one')).toBeVisible()
})

test('[TM10] columns are resized with pointer and keyboard, and reset', async ({ app, device }) => {
  await openTable(app, 'Dense', 'a')
  await (await device()).publish('a', 'one', { qos: 1 })
  const { page } = app
  const topic = app.messages.rowsWith('one').getByRole('cell').nth(2)
  const width = async () => Math.round((await topic.boundingBox())?.width ?? 0)
  const handle = app.messages.region.getByRole('separator', { name: 'Width of Topic' })
  await expect.poll(width).toBe(232)
  const box = await handle.boundingBox()
  if (!box) throw new Error('There is no separator')
  await page.mouse.move(box.x, box.y + 5)
  await page.mouse.down()
  await page.mouse.move(box.x - 60, box.y + 5, { steps: 3 })
  await page.mouse.up()
  await expect.poll(width).toBe(172)
  await handle.focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(width).toBe(188)
  await page.reload()
  await expect.poll(width).toBe(188)
  await handle.dblclick()
  await expect.poll(width).toBe(232)
  const size = app.messages.region.getByRole('separator', { name: 'Width of Size' })
  await size.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(size).toHaveAttribute('aria-valuenow', '92')
  await page.keyboard.press('Enter')
  await expect(size).toHaveAttribute('aria-valuenow', '76')
})

test('[TM11] text, keyboard and scrolling hold while messages pour in', async ({ app, device }) => {
  const { page } = app
  await openTable(app, 'Dense', 'flow')
  const stop = pour(await device())
  await expect(app.messages.rows.nth(10)).toBeVisible()

  const column = await app.messages.region
    .getByRole('columnheader', { name: 'Payload' })
    .boundingBox()
  if (!column) throw new Error('There is no column')
  await page.mouse.move(column.x + 10, column.y + 150)
  await page.mouse.down()
  await page.mouse.move(column.x + 60, column.y + 150, { steps: 4 })
  await page.mouse.up()
  await expect(app.messages.unseen).toBeVisible()
  const selected = () => page.evaluate(() => getSelection()?.anchorNode?.textContent ?? '')
  const words = await selected()
  expect(words).toMatch(/^number \d+ of many$/)
  const held = app.messages.rowsWith(words)
  const top = await topOf(held)
  await pause(500)
  expect(await selected()).toBe(words)
  expect(await topOf(held)).toBe(top)
  await page.evaluate(() => getSelection()?.removeAllRanges())
  // It catches up, so that the row leaves.
  await expect(held).toBeHidden()

  const list = app.messages.region.getByRole('rowgroup', { name: 'Messages in rows' })
  await list.focus()
  await page.keyboard.press('Home')
  await expect(app.messages.rowsWith('number 0 of')).toBeVisible()
  const first = app.messages.rowsWith('number 0 of')
  const place = await topOf(first)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => topOf(first)).toBeLessThan(place ?? 0)
  await page.keyboard.press('Home')
  await page.keyboard.press('Tab')
  await expect(first.getByRole('button', { name: 'Details' })).toBeFocused()
  await pause(300)
  expect(await topOf(first)).toBe(place)
  await list.focus()
  await page.keyboard.press('End')
  await expect(first).toBeHidden()
  await stop()
})

test('[TM14] time is local, UTC, or since the previous message of the topic', async ({
  app,
  device,
}) => {
  await openTable(app, 'Times', '#')
  const sensor = await device()
  for (const topic of ['a', 'b', 'a']) {
    await sensor.publish(topic, `on ${topic}`, { qos: 1 })
    await pause(60)
  }
  const time = (message: Locator) => message.locator('time')
  await expect(app.messages.rows).toHaveCount(3)
  await app.messages.tellTime('UTC')
  await expect(time(app.messages.rows.nth(0))).toHaveText(/^\d\d:\d\d:\d\d\.\d{3}Z$/)
  await app.messages.tellTime('Since last')
  await expect(time(app.messages.rows.nth(0))).toHaveText('')
  await expect(time(app.messages.rows.nth(1))).toHaveText('')
  await expect(time(app.messages.rows.nth(2))).toHaveText(/^\+\d\.\d{3} s$/)
  await app.messages.showAs('Bubbles')
  await expect(time(app.messages.items.nth(2))).toHaveText(/^\+\d\.\d{3} s$/)
  await app.page.reload()
  await expect(time(app.messages.items.nth(2))).toHaveText(/^\+\d\.\d{3} s$/)
})

for (const density of ['Bubbles', 'Table'] as const) {
  test(`[TM13] a pause freezes the ${density.toLowerCase()} and not the reception`, async ({
    app,
    device,
  }) => {
    await openTable(app, 'Paused', 'flow')
    await app.messages.showAs(density)
    const { items, rows, pause: button, resume } = app.messages
    const shown = density === 'Table' ? rows : items
    const stop = pour(await device())
    await expect(shown.nth(8)).toBeVisible()
    await button.click()
    await expect(button).toHaveAttribute('aria-pressed', 'true')
    await expect(resume).toBeVisible()
    const texts = await shown.allTextContents()
    const tops = await Promise.all((await shown.all()).map(topOf))
    await expect(app.messages.region.getByText(/^[\d,]{3,} new$/)).toBeVisible()
    expect(await shown.allTextContents()).toEqual(texts)
    expect(await Promise.all((await shown.all()).map(topOf))).toEqual(tops)
    await resume.click()
    await expect(shown.filter({ hasText: texts.at(-1) ?? '' })).toBeHidden()
    await expect(button).toHaveAttribute('aria-pressed', 'false')

    await app.publish.topic.focus()
    await app.page.keyboard.press('Alt+p')
    await expect(resume).toBeVisible()
    await app.page.keyboard.press('Alt+p')
    await expect(resume).toBeHidden()
    await stop()
    const countOf = async (name: 'Received' | 'Stored') =>
      (await app.status.count(name).textContent())?.replace(name, '')
    await expect
      .poll(async () => (await countOf('Stored')) === (await countOf('Received')))
      .toBe(true)
    await expect(app.status.count('Dropped')).toHaveText('Dropped 0')
  })
}

test('[TM15] the top of the list says how many older messages were let go', async ({
  app,
  device,
}) => {
  test.setTimeout(120_000)
  const { page } = app
  await openTable(app, 'Short', 'big', { 'Size to Keep': '16' })
  const sensor = await device()
  const payload = Buffer.alloc(256 * 1024, 'x')
  for (let number = 0; number < 90; number += 1) await sensor.publish('big', payload, { qos: 1 })
  await expect(app.status.count('Received')).toHaveText('Received 90', { timeout: 60_000 })
  const words = /^\d+ older messages were let go$/
  const list = app.messages.region.getByRole('rowgroup', { name: 'Messages in rows' })
  await list.focus()
  await page.keyboard.press('Home')
  await expect(app.messages.region.getByText(words)).toBeVisible()
  expect(await heightOf(app.messages.rows.first())).toBe(28)
  await page.keyboard.press('End')
  await expect(app.messages.region.getByText(words)).toBeHidden()
  await app.messages.showAs('Bubbles')
  await app.messages.region.getByRole('feed').focus()
  await page.keyboard.press('Home')
  await expect(app.messages.region.getByText(words)).toBeVisible()
})

test('[TM16] a time leads to the first message at or after it', async ({ app, device }) => {
  await openTable(app, 'Long', '#')
  await app.messages.tellTime('UTC')
  const sensor = await device()
  const publish = async (from: number, to: number) => {
    for (let number = from; number < to; number += 1) {
      await sensor.publish(number % 2 === 0 ? 'even' : 'odd', `number ${number}.`, { qos: 1 })
    }
  }
  await publish(0, 60)
  await expect(app.messages.rowsWith('number 59.')).toBeVisible()
  await pause(1_500)
  const middle = await fieldText(app.page, new Date())
  await publish(60, 120)
  await expect(app.messages.rowsWith('number 119.')).toBeVisible()

  const list = app.messages.region.getByRole('rowgroup', { name: 'Messages in rows' })
  const isAtTop = (row: Locator) =>
    expect.poll(async () => ((await topOf(row)) ?? 0) - ((await topOf(list)) ?? 0)).toBe(0)
  await app.messages.goToTime(middle)
  await isAtTop(app.messages.rowsWith('number 60.'))
  await app.messages.goToTime('2000-01-01T00:00')
  await expect(app.messages.rowsWith('number 0.')).toBeVisible()
  await app.messages.goToTime('2100-01-01T00:00')
  await expect(app.messages.rowsWith('number 119.')).toBeVisible()

  await app.messages.region.getByRole('searchbox').fill('topic:odd')
  await expect(app.messages.rowsWith('number 118.')).toBeHidden()
  await app.messages.goToTime(middle)
  await isAtTop(app.messages.rowsWith('number 61.'))
})

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } })

  test('[TM12] the table has fewer columns, and still says what is retained', async ({
    app,
    device,
  }) => {
    await (await device()).publish('a', 'kept', { qos: 1, retain: true })
    await openTable(app, 'Dense', 'a')
    await expect(app.messages.region.getByRole('columnheader')).toHaveText([
      ...['Time', 'Direction', 'Topic', 'Payload'],
    ])
    await expect(app.messages.rowsWith('kept').getByRole('cell').nth(3)).toContainText('Retained')
    const width = await app.page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBe(390)
  })
})
