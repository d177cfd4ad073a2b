import { findThemedViolations } from './fixtures/axe.ts'
import { expect, test } from './fixtures/test.ts'
import { WIDTHS } from './fixtures/widths.ts'
import type { App } from './panes/app.ts'
import { InFlight } from './panes/inFlight.ts'

/** Publishes one message of QoS 1 and one of QoS 2, which the broker does not acknowledge. */
async function publishTwo(app: App): Promise<void> {
  await app.publish.send({ topic: 'valve/1', qos: '1', payload: '"open"' })
  await app.publish.send({ topic: 'valve/2', qos: '2', payload: '"shut"', retain: true })
  await expect(app.messages.with('sent, not acknowledged yet')).toHaveCount(2)
}

test('[IF1] a message says how far it is', async ({ app, broker, device }) => {
  await (await device()).listen('a')
  await app.connect('Steps')
  const takeBack = broker.embedded.faults.add({ publishAcks: 1_500 })
  await app.publish.send({ topic: 'a', qos: '2', payload: '1' })
  const { published } = app.messages
  await expect(published).toContainText('sent, not acknowledged yet')
  await expect(published).toContainText('received by the broker (PUBREC), not complete')
  await expect(published).toContainText('QoS 2complete')
  takeBack()
  broker.embedded.faults.add({ puback: { topic: 'forbidden', reasonCode: 0x87 } })
  await app.publish.send({ topic: 'forbidden', qos: '1' })
  await expect(published.last()).toContainText('refused: Not authorized')
  await expect(new InFlight(app.page).line).toHaveCount(0)
})

test('[IF9] what was not acknowledged is listed after the connection, a reload and a crash', async ({
  app,
  broker,
  workers,
}) => {
  await app.connect('Lossy', { 'Client ID': 'lossy' })
  broker.embedded.faults.add({ publishAcks: 'never' })
  const inFlight = new InFlight(app.page)
  await publishTwo(app)
  await expect(inFlight.line).toHaveCount(0)
  broker.embedded.cut('lossy')
  await expect(inFlight.line).toContainText('2 messages were not acknowledged')
  await expect(app.connections.dot('Lossy', 'Connected')).toBeVisible()

  await app.publish.send({ topic: 'valve/3', qos: '1', payload: '"ajar"' })
  await expect(app.messages.with('sent, not acknowledged yet')).toHaveCount(1)
  await app.page.reload()
  // Where the engine has outlived the reload, the third is still in flight.
  await expect(inFlight.line).toContainText(/^[23] messages were not acknowledged/)
  await app.session.choose('Drop Connection')
  await expect(inFlight.line).toContainText('3 messages were not acknowledged')
  await expect(app.messages.with('not acknowledged')).toHaveCount(3)

  await app.session.connect.click()
  await expect(app.connections.dot('Lossy', 'Connected')).toBeVisible()
  await app.publish.send({ topic: 'valve/4', qos: '1', payload: '"stuck"' })
  await expect(app.messages.with('sent, not acknowledged yet')).toHaveCount(1)
  await workers.kill()
  await app.alert('The engine has stopped').getByRole('button', { name: 'Reload' }).click()
  await expect(inFlight.line).toContainText('4 messages were not acknowledged')
  await inFlight.show.click()
  await expect(inFlight.items).toHaveCount(4)
  await expect(inFlight.item('valve/2')).toContainText('QoS 2')
  await expect(inFlight.item('valve/2')).toContainText('Retain')
  await expect(inFlight.item('valve/2')).toContainText('6 B')
  await expect(inFlight.item('valve/2')).toContainText('shut')
})

test('[IF5] Send Again delivers and empties the list', async ({ app, broker, device }) => {
  const sensor = await device()
  await app.connect('Again', { 'Client ID': 'again' })
  const takeBack = broker.embedded.faults.add({ publishAcks: 'never' })
  await publishTwo(app)
  await app.publish.send({ topic: 'valve/3', qos: '1', payload: '"ajar"' })
  await expect(app.messages.with('sent, not acknowledged yet')).toHaveCount(3)
  await app.session.choose('Drop Connection')
  const inFlight = new InFlight(app.page)
  await inFlight.show.click()
  await expect(inFlight.sendAllAgain).toBeDisabled()
  await expect(inFlight.dialog).toContainText('Connect, and they can be sent again.')
  await app.page.keyboard.press('Escape')

  takeBack()
  const heard = await sensor.listen('valve/#')
  await app.session.connect.click()
  await expect(app.connections.dot('Again', 'Connected')).toBeVisible()
  heard.splice(0)
  await inFlight.show.click()
  await inFlight.sendAgain('valve/1')
  await expect(inFlight.items).toHaveCount(2)
  await inFlight.sendAllAgain.click()
  await expect(inFlight.dialog).toHaveCount(0)
  await expect(inFlight.line).toHaveCount(0)
  const said = () => heard.map(({ topic, payload }) => `${topic} ${payload.toString()}`)
  // One of QoS 2 is passed on with its PUBREL, which is before or after the next one of QoS 1.
  await expect
    .poll(() => said().sort())
    .toEqual(['valve/1 "open"', 'valve/2 "shut"', 'valve/3 "ajar"'])
  expect(said()[0]).toBe('valve/1 "open"')
  await expect(app.messages.with('complete')).toHaveCount(1)
  await expect(app.messages.published).toHaveCount(6)
  await app.page.reload()
  await expect(app.messages.published).toHaveCount(6)
  await expect(inFlight.line).toHaveCount(0)
})

test('[IF7] Discard asks first, and the message stays in the log', async ({ app, broker }) => {
  await app.connect('Discarded')
  broker.embedded.faults.add({ publishAcks: 'never' })
  await publishTwo(app)
  await app.session.choose('Drop Connection')
  const inFlight = new InFlight(app.page)
  await inFlight.show.click()
  await inFlight.discard('valve/1')
  await inFlight.answer('Cancel')
  await expect(inFlight.items).toHaveCount(2)
  await inFlight.discard('valve/1')
  await inFlight.answer('Discard')
  await expect(inFlight.items).toHaveCount(1)
  await app.page.keyboard.press('Escape')
  await expect(app.messages.with('not acknowledged')).toHaveCount(1)
  await inFlight.show.click()
  await inFlight.discardAll.click()
  await inFlight.answer('Discard')
  await expect(inFlight.dialog).toHaveCount(0)
  await expect(inFlight.line).toHaveCount(0)
  await app.page.reload()
  await expect(app.messages.published).toHaveCount(2)
  await expect(app.messages.with('not acknowledged')).toHaveCount(0)
  await expect(inFlight.line).toHaveCount(0)
})

test('[IF9] it is listed after a restart of the browser', async ({ lastingBrowser, broker }) => {
  const before = await lastingBrowser.start()
  await before.connect('Lasting')
  broker.embedded.faults.add({ publishAcks: 'never' })
  await publishTwo(before)
  await lastingBrowser.quit()

  const after = await lastingBrowser.start()
  await after.connections.open('Lasting')
  const inFlight = new InFlight(after.page)
  await expect(inFlight.line).toContainText('2 messages were not acknowledged')
})

for (const [name, viewport] of WIDTHS) {
  test.describe(name, () => {
    test.use({ viewport })

    test('[IF10] axe finds nothing in the line and its dialogs', async ({ app, broker, page }) => {
      await app.connect('Seen')
      broker.embedded.faults.add({ publishAcks: 'never' })
      await app.showPublish()
      await app.publish.send({ topic: 'valve/1', qos: '1', payload: '"open"', retain: true })
      await expect(app.messages.with('sent, not acknowledged yet')).toHaveCount(1)
      await app.session.choose('Drop Connection')
      const inFlight = new InFlight(page)
      await expect(inFlight.line).toContainText('1 message was not acknowledged')
      expect.soft(await findThemedViolations(page), 'the line').toEqual([])
      await inFlight.show.click()
      await expect(inFlight.items).toHaveCount(1)
      expect.soft(await findThemedViolations(page), 'the dialog').toEqual([])
      await inFlight.discard('valve/1')
      await expect(inFlight.question).toBeVisible()
      expect.soft(await findThemedViolations(page), 'the question').toEqual([])
    })
  })
}
