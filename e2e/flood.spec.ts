import { readStoredLog } from './fixtures/storedLog.ts'
import { againstMosquitto, expect, test } from './fixtures/test.ts'

const COUNT = 10_000

test.use({ mosquittoOptions: { config: ['max_queued_messages 0'] } })

againstMosquitto(() => {
  test('[TM7] 10,000 messages at QoS 1 in one go arrive in order, equal, and stay', async ({
    app,
    device,
  }) => {
    test.setTimeout(120_000)
    const payloads = Array.from({ length: COUNT }, (_, i) =>
      Buffer.from(`${i}:${String.fromCharCode(i % 256).repeat(i % 97)}`, 'latin1'),
    )
    await app.connect('Flood')
    await app.subscriptions.add('flood/#', { QoS: '1' })
    await expect(app.subscriptions.item('flood/#')).toContainText('QoS 1')
    const sensor = await device()
    await Promise.all(
      payloads.map((payload, i) => sensor.publish(`flood/${i % 10}`, payload, { qos: 1 })),
    )
    await expect(app.status.count('Received')).toHaveText('Received 10,000', { timeout: 60_000 })
    await expect(app.status.count('Stored')).toHaveText('Stored 10,000')
    await expect(app.status.count('Dropped')).toHaveText('Dropped 0')
    await expect(app.messages.with(/^(?:.|\n)*9999:/)).toBeVisible()

    await app.page.reload()
    await expect(app.status.count('Stored')).toHaveText('Stored 10,000')
    await expect(app.messages.with(/^(?:.|\n)*9999:/)).toBeVisible()
    const entries = await readStoredLog(app.page, 'Flood')
    const stored = entries.flatMap((entry) => (entry.kind === 'message' ? [entry] : []))
    expect(stored.length).toBe(COUNT)
    const differing = stored.findIndex(
      ({ topic, payload }, i) =>
        topic !== `flood/${i % 10}` || !payloads[i] || Buffer.compare(payload, payloads[i]) !== 0,
    )
    expect(differing, 'the first message that differs').toBe(-1)
  })
})
