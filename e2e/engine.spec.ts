import { setTimeout as pause } from 'node:timers/promises'
import type { Device } from './fixtures/device.ts'
import { readStoredLog } from './fixtures/storedLog.ts'
import { againstMosquitto, expect, test } from './fixtures/test.ts'
import type { App } from './panes/app.ts'
import { makeLaterBuild } from './server/laterBuild.ts'

// Else mosquitto drops what a slow machine does not take in time.
test.use({ mosquittoOptions: { config: ['max_queued_messages 0'] } })

/** Publishes numbers at QoS 1 until it is told to stop; then gives how many there were. */
function startCounting(sensor: Device, topic: string): () => Promise<number> {
  const state = { goesOn: true, count: 0 }
  const counting = (async () => {
    while (state.goesOn) {
      await sensor.publish(topic, String(state.count), { qos: 1 })
      state.count += 1
      await pause(10)
    }
  })()
  return async () => {
    state.goesOn = false
    await counting
    return state.count
  }
}

type Counted = [inRow: number, instead?: number | undefined]

/** How many numbers are stored in a row from 0 on, and what comes instead of the next one. */
async function readCounted(app: App, name: string): Promise<Counted> {
  const entries = await readStoredLog(app.page, name)
  const numbers = entries.flatMap((entry) =>
    entry.kind === 'message' ? [Number(new TextDecoder().decode(entry.payload))] : [],
  )
  const wrong = numbers.findIndex((number, i) => number !== i)
  return wrong === -1 ? [numbers.length] : [wrong, numbers[wrong]]
}

test('[TL1] two tabs show the same live connections', async ({ app, device, broker }) => {
  const second = await app.openTab()
  await app.connect('Shared')
  await expect(second.connections.dot('Shared', 'Connected')).toBeVisible()
  await second.connections.open('Shared')
  await second.subscriptions.add('a')
  await expect(app.subscriptions.item('a')).toContainText('QoS 0')
  const sensor = await device()
  await sensor.publish('a', 'to both', { qos: 1 })
  await expect(app.messages.with('to both')).toBeVisible()
  await expect(second.messages.with('to both')).toBeVisible()
  await app.session.disconnect.click()
  await expect(second.connections.dot('Shared', 'Disconnected')).toBeVisible()
  expect(broker.takenOver).toEqual([])
})

againstMosquitto(() => {
  test('[TL2] a reload of the only tab loses no message', async ({ app, device }) => {
    test.slow()
    await app.connect('Counter')
    await app.subscriptions.add('count', { QoS: '1' })
    await expect(app.subscriptions.item('count')).toContainText('QoS 1')
    const stop = startCounting(await device(), 'count')
    await expect(app.messages.items.first()).toBeVisible()
    await app.page.reload()
    await expect(app.connections.dot('Counter', 'Connected')).toBeVisible()
    await app.page.reload()
    await expect(app.messages.items.first()).toBeVisible()
    const count = await stop()
    await expect.poll(() => readCounted(app, 'Counter'), { timeout: 30_000 }).toEqual([count])
  })
})

test('[TL3] connections and messages survive a restart of the browser', async ({
  lastingBrowser,
  device,
}) => {
  const before = await lastingBrowser.start()
  await before.connect('Lasting')
  await before.subscriptions.add('a')
  const sensor = await device()
  await sensor.publish('a', 'from before', { qos: 1 })
  await expect(before.messages.with('from before')).toBeVisible()
  await lastingBrowser.quit()

  const after = await lastingBrowser.start()
  await expect(after.connections.dot('Lasting', 'Connected')).toBeVisible()
  await after.connections.open('Lasting')
  await expect(after.messages.with('from before')).toBeVisible()
  await expect(after.subscriptions.item('a')).toContainText('QoS 0')
  await sensor.publish('a', 'from after', { qos: 1 })
  await expect(after.messages.with('from after')).toBeVisible()
})

test('[TL4] an engine that cannot be loaded is said within 3 s', async ({
  page,
  url,
  site,
  guard,
}) => {
  guard.allow(/404/, /worker/i)
  site.withhold(/engine\.worker/)
  await page.goto(url)
  const alert = page.getByRole('alert').filter({ hasText: 'The engine has stopped answering' })
  await expect(alert).toBeVisible({ timeout: 4_000 })
  await expect(alert.getByRole('button', { name: 'Reload' })).toBeVisible()
})

for (const way of ['kill', 'hang'] as const) {
  test(`[TL5] a dead engine is said within 3 s, and Reload starts another: ${way}`, async ({
    app,
    workers,
  }) => {
    await app.connect('Survivor')
    await workers[way]()
    const alert = app.alert('The engine has stopped answering')
    await expect(alert).toBeVisible({ timeout: 4_500 })
    await alert.getByRole('button', { name: 'Reload' }).click()
    // One that hangs is given 10 s to end in good order.
    await expect(app.connections.dot('Survivor', 'Connected')).toBeVisible({ timeout: 20_000 })
  })
}

test('[TL6] storage of a later build is left alone, and that is said', async ({
  page,
  url,
  site,
  guard,
}) => {
  guard.allow(/favicon\.ico/)
  // On a page of the same origin that starts no engine.
  await page.goto(`${site.origin}/licenses.txt`)
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.open('mqtab', 1_000)
        request.onsuccess = () => {
          request.result.close()
          resolve(undefined)
        }
        request.onerror = () => reject(request.error ?? new Error('It was not opened'))
      }),
  )
  await page.goto(url)
  const alert = page.getByRole('alert').filter({ hasText: 'The engine could not start' })
  await expect(alert).toBeVisible()
})

test.describe('without SharedWorker', () => {
  test.use({ sharedWorkers: false })

  test('[TL7] a second tab says that another one is in charge, and can take over', async ({
    app,
    device,
    broker,
  }) => {
    await app.connect('Only one')
    await app.subscriptions.add('a')
    await expect(app.subscriptions.item('a')).toContainText('QoS 0')
    const second = await app.openTab()
    const notice = second.alert('MQTab is open in another tab')
    await notice.getByRole('button', { name: 'Use here' }).click()
    await expect(second.connections.dot('Only one', 'Connected')).toBeVisible()
    await second.connections.open('Only one')
    const sensor = await device()
    await expect(second.subscriptions.item('a')).toContainText('QoS 0')
    await sensor.publish('a', 'to the second', { qos: 1 })
    await expect(second.messages.with('to the second')).toBeVisible()
    await expect(app.alert(/another tab|newer MQTab/)).toBeVisible()
    expect(broker.takenOver).toEqual([])
  })

  test('[TL8] a reload reconnects and keeps the messages', async ({ app, device }) => {
    await app.connect('Alone')
    await app.subscriptions.add('a')
    await expect(app.subscriptions.item('a')).toContainText('QoS 0')
    const sensor = await device()
    await sensor.publish('a', 'from before', { qos: 1 })
    await expect(app.messages.with('from before')).toBeVisible()
    await app.page.reload()
    await expect(app.connections.dot('Alone', 'Connected')).toBeVisible()
    await expect(app.messages.with('from before')).toBeVisible()
  })
})

test('[TL9] a later build takes over from an earlier one, never with two clients of one id', async ({
  app,
  site,
  broker,
  guard,
}) => {
  // A page of the earlier build may ask for its editor when only the later one's is there.
  guard.allow(/404 .*openPayloadEditor/)
  await app.connect('Handed over')
  const { root, remove } = await makeLaterBuild()
  site.deploy(root)
  const later = await app.openTab()
  await expect(later.connections.dot('Handed over', 'Connected')).toBeVisible()
  const alert = app.alert('A newer MQTab took over')
  await expect(alert).toBeVisible()
  await alert.getByRole('button', { name: 'Reload' }).click()
  await expect(app.connections.dot('Handed over', 'Connected')).toBeVisible()
  expect(broker.takenOver).toEqual([])
  expect(broker.embedded.clients()).toHaveLength(1)
  await remove()
})
