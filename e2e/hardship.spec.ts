import process from 'node:process'
import type { Browser, Page } from '@playwright/test'
import type { Device } from './fixtures/device.ts'
import { readStoredLog } from './fixtures/storedLog.ts'
import { expect, test } from './fixtures/test.ts'
import { App } from './panes/app.ts'

test.use({
  brokerKind: 'mosquitto',
  // The broker keeps whatever this machine is too slow to take.
  mosquittoOptions: { config: ['max_queued_messages 0', 'max_inflight_messages 100'] },
})

const LASTING = { 'MQTT Version': '3.1.1', 'Clean Session': false } as const

/** Connects with a session that the broker keeps, and subscribes at QoS 1. */
async function openLasting(app: App, name: string, filter: string): Promise<void> {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: name, ...LASTING })
  await app.form.connect.click()
  await app.session.state('Connected').waitFor()
  await app.subscriptions.add(filter, { QoS: '1' })
  await expect(app.subscriptions.item(filter)).toContainText('QoS 1')
}

/** Publishes the numbers from `from` to `to` (not included) at QoS 1. */
async function count(sensor: Device, topic: string, from: number, to: number): Promise<void> {
  const all = Array.from({ length: to - from }, (_, i) => String(from + i))
  await Promise.all(all.map((text) => sensor.publish(topic, text, { qos: 1 })))
}

/** The numbers that are stored, each once, in the order in which they came first. */
async function storedNumbers(page: Page, name: string): Promise<number[]> {
  const entries = await readStoredLog(page, name)
  const numbers = entries.flatMap((entry) =>
    entry.kind === 'message' ? [parseInt(new TextDecoder().decode(entry.payload))] : [],
  )
  return [...new Set(numbers)]
}

/** Ends every renderer of the browser as the system does when memory runs out. */
async function killRenderers(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL')
  await session.detach()
}

test('[HD1] killed three times in a flood at QoS 1, the page has lost nothing', async ({
  playwright,
  launchOptions,
  device,
  guard,
  url,
}) => {
  test.slow()
  // A browser of its own: where a debugger listens to a worker, the worker's death stays unnoticed.
  const browser = await playwright.chromium.launch(launchOptions)
  const context = await browser.newContext()
  guard.watchContext(context)
  guard.allow(/The page crashed/)
  let current = new App(await context.newPage(), url)
  await current.open()
  await openLasting(current, 'Mortal', 'flood')
  const sensor = await device()
  for (let round = 0; round < 3; round += 1) {
    const publishing = count(sensor, 'flood', round * 2_000, (round + 1) * 2_000)
    await expect(current.messages.items.first()).toBeVisible()
    await killRenderers(browser)
    await current.page.close()
    await publishing
    current = new App(await context.newPage(), url)
    await current.open()
    await current.goToConnection('Mortal')
    await expect(current.session.state('Connected')).toBeVisible()
  }
  const expected = Array.from({ length: 6_000 }, (_, n) => n)
  await expect
    .poll(async () => (await storedNumbers(current.page, 'Mortal')).length, { timeout: 60_000 })
    .toBe(expected.length)
  expect(await storedNumbers(current.page, 'Mortal')).toEqual(expected)
  await expect(current.status.count('Dropped')).toHaveText('Dropped 0')
  await browser.close()
})

/** Keeps the log's database busy with one transaction, as a slow disk would, until `window.release()`. */
async function holdLogs(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('mqtab-log')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error('The log cannot be opened'))
    })
    const stores = [...database.objectStoreNames]
    const transaction = database.transaction(stores, 'readwrite')
    let isHeld = true
    const hold = () => {
      if (isHeld) transaction.objectStore('logs').get('nothing').onsuccess = hold
      else database.close()
    }
    hold()
    Object.assign(globalThis, { release: () => (isHeld = false) })
  })
}

async function releaseLogs(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { release: () => void }).release())
}

test('[HD2] a slow disk slows the broker down, which is said, and nothing is lost', async ({
  app,
  device,
  page,
}) => {
  test.slow()
  await openLasting(app, 'Slow', 'flood')
  const sensor = await device()
  await count(sensor, 'flood', 0, 10)
  await expect(app.status.count('Stored')).toHaveText('Stored 10')
  await holdLogs(page)
  const large = Array.from({ length: 60 }, (_, n) => String(10 + n).padEnd(1024 * 1024))
  const publishing = Promise.all(large.map((text) => sensor.publish('flood', text, { qos: 1 })))
  await expect(app.status.region.getByRole('status')).toContainText('Storage is behind', {
    timeout: 30_000,
  })
  await expect(app.session.state('Connected')).toBeVisible()
  await expect(app.status.count('Stored')).toHaveText('Stored 10')
  await releaseLogs(page)
  await publishing
  await expect(app.status.count('Stored')).toHaveText('Stored 70', { timeout: 60_000 })
  await expect(app.status.count('Dropped')).toHaveText('Dropped 0')
  await expect(app.status.region.getByRole('status')).toHaveText('')
})

test('[HD3] two tabs in a flood, one of which is reloaded again and again, miss nothing', async ({
  app,
  device,
}) => {
  test.slow()
  await openLasting(app, 'Twice', 'flood')
  const second = await app.openTab()
  await second.goToConnection('Twice')
  const sensor = await device()
  const publishing = count(sensor, 'flood', 0, 8_000)
  for (let round = 0; round < 4; round += 1) {
    await expect(second.messages.items.first()).toBeVisible()
    await second.page.reload()
  }
  await publishing
  for (const tab of [app, second]) {
    await expect(tab.status.count('Stored')).toHaveText('Stored 8,000', { timeout: 60_000 })
    await expect(tab.status.count('Dropped')).toHaveText('Dropped 0')
    await expect(tab.messages.with('7999')).toBeVisible()
  }
  const expected = Array.from({ length: 8_000 }, (_, n) => n)
  expect(await storedNumbers(app.page, 'Twice')).toEqual(expected)
})
