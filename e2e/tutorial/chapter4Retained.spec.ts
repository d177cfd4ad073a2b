import { againstBothBrokers, expect, test } from '../fixtures/test.ts'

againstBothBrokers(() => {
  test('[TU20] a later subscriber gets only the last retained message', async ({ app }) => {
    await app.connect('Simple Demo')
    await app.connect('Sensor 1')
    const message = { topic: 'retained_message', retain: true }
    await app.publish.send({ ...message, payload: '"first"' })
    await expect(app.messages.with('first')).toBeVisible()
    await app.publish.send({ ...message, payload: '"second"' })
    await expect(app.messages.with('second')).toBeVisible()

    await app.connections.open('Simple Demo')
    await app.subscriptions.add('retained_message')
    await expect(app.messages.items).toHaveCount(1)
    await expect(app.messages.items).toContainText('second')
    await expect(app.messages.items.getByText('Retained', { exact: true })).toBeVisible()
  })
})
