import { findThemedViolations } from './fixtures/axe.ts'
import type { Asked } from './fixtures/device.ts'
import { againstBothBrokers, expect, test } from './fixtures/test.ts'
import { WIDTHS } from './fixtures/widths.ts'
import type { App } from './panes/app.ts'

/** The request that came as the `index`th, as soon as it has. */
async function asked(all: Asked[], index: number): Promise<Asked> {
  await expect.poll(() => all.length).toBeGreaterThan(index)
  const found = all[index]
  if (!found) throw new Error('The request was taken back')
  return found
}

async function openConsole(app: App, name: string): Promise<void> {
  await app.connect(name, { 'Client ID': 'asking' })
  await app.requests.tab.click()
}

againstBothBrokers(() => {
  test('[RQ1] [RQ6] [RQ7] a request subscribes to its answers and shows them with latencies', async ({
    app,
    device,
    page,
  }) => {
    const requests = await (await device()).serve('lamp/state')
    await openConsole(app, 'Ask')
    await expect(app.requests.field('Response Topic')).toHaveValue('mqtab/answers/asking')
    await app.requests.field('Topic').fill('lamp/state')
    await app.requests.field('Payload').fill('{"get":"power"}')
    await page.keyboard.press('Control+Enter')
    const item = app.requests.item('lamp/state')
    await expect(item).toContainText('Waiting')
    await expect(app.subscriptions.item('Answers')).toContainText('QoS 1')

    const request = await asked(requests, 0)
    expect(request.payload).toBe('{"get":"power"}')
    await request.answer('{"power":"on"}')
    await expect(item).toContainText('1 answer')
    await request.answer('{"power":"off"}')
    await expect(item).toContainText('2 answers')
    const answers = app.requests.answers(item)
    await expect(answers).toHaveText([/^\d+ ms[^]*"on"/, /^\d+ ms[^]*"off"/])
    await answers.first().getByRole('button').click()
    await expect(answers.first().getByRole('group', { name: 'Payload of the answer' })).toHaveText(
      '{\n  "power": "on"\n}',
    )
  })

  test('[RQ4] nobody subscribed is said of the request', async ({ app }) => {
    await openConsole(app, 'Alone')
    await app.requests.send({ Topic: 'nobody/there', Payload: '1' })
    await expect(app.requests.item('nobody/there')).toContainText('Nobody is subscribed')
  })
})

test('[RQ2] [RQ8] two requests at a time get their own answers, whichever comes first', async ({
  app,
  device,
}) => {
  const requests = await (await device()).serve('lamp/state')
  await openConsole(app, 'Two')
  await app.requests.send({ Topic: 'lamp/state', 'Payload Type': 'Plaintext', Payload: 'first' })
  await expect(app.requests.items).toHaveCount(1)
  await app.requests.send({ Payload: 'second' })
  await expect(app.requests.items).toHaveCount(2)
  await (await asked(requests, 1)).answer('for the second')
  await expect(app.requests.item('second')).toContainText('1 answer')
  await expect(app.requests.item('first')).toContainText('Waiting')
  await (await asked(requests, 0)).answer('for the first')
  await expect(app.requests.answers(app.requests.items.first())).toContainText('for the second')
  await expect(app.requests.answers(app.requests.items.last())).toContainText('for the first')
})

test('[RQ3] [RQ4] [RQ5] a time-out is said when it is over, and what comes then is late', async ({
  app,
  device,
  page,
}) => {
  const requests = await (await device()).serve('slow')
  await openConsole(app, 'Slow')
  await app.requests.send({ Topic: 'slow', 'Time-out': '1', Payload: '1' })
  const item = app.requests.item('slow')
  await expect(item).toContainText('No answer within 1 s')
  await app.requests.field('Time-out').fill('600')
  await expect(item).toContainText('No answer within 1 s')

  // What comes while another pane is open is received all the same.
  await app.page.getByRole('tab', { name: 'Messages' }).click()
  await (await asked(requests, 0)).answer('2')
  const received = { name: 'Received on mqtab/answers/asking' }
  await expect(app.messages.region.getByRole('article', received)).toBeVisible()
  await app.requests.tab.click()
  await expect(app.requests.answers(item)).toContainText('late')
  await expect(item).toContainText('1 answer')

  await page.reload()
  await app.requests.tab.click()
  await expect(app.requests.field('Time-out')).toHaveValue('600')
  await expect(app.requests.field('Topic')).toHaveValue('slow')
  await expect(app.requests.answers(item)).toContainText('late')
})

test('[RQ4] a refusal is said of the request', async ({ app, broker }) => {
  await openConsole(app, 'Alone')
  broker.embedded.faults.add({ puback: { topic: 'forbidden', reasonCode: 0x87 } })
  await app.requests.send({ Topic: 'forbidden', Payload: '1' })
  await expect(app.requests.item('forbidden')).toContainText('Refused: Not authorized')
})

test('[RQ6] a refused subscription is said beside the field, and nothing is sent', async ({
  app,
  broker,
  device,
}) => {
  const requests = await (await device()).serve('lamp/state')
  const forgive = broker.embedded.faults.add({ suback: { filter: 'no/entry', reasonCode: 0x87 } })
  await openConsole(app, 'Refused')
  await app.requests.send({ Topic: 'lamp/state', Payload: '1', 'Response Topic': 'no/entry' })
  const field = app.requests.field('Response Topic')
  await expect(field).toHaveAccessibleDescription(/refused the subscription: Not authorized/)
  await expect(field).toBeFocused()
  expect(requests).toEqual([])
  await expect(app.requests.items).toHaveCount(0)

  forgive()
  await app.requests.button.click()
  await expect(app.requests.item('lamp/state')).toContainText('Waiting')
  await (await asked(requests, 0)).answer('2')
  await expect(app.requests.item('lamp/state')).toContainText('1 answer')
  // Another request needs no further subscription.
  await app.requests.send({ Payload: '3' })
  await expect(app.requests.items).toHaveCount(2)
  await expect(app.subscriptions.items).toHaveCount(1)
})

test('[RQ10] with MQTT 3.1.1 the tab says what is missing and leads to it', async ({ app }) => {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'Old', 'MQTT Version': '3.1.1' })
  await app.form.connect.click()
  await app.session.state('Connected').waitFor()
  await app.requests.tab.click()
  await expect(app.requests.region).toContainText('Requests need MQTT 5')
  await app.requests.region.getByRole('button', { name: 'Edit Connection' }).click()
  await expect(app.form.heading('Edit Connection')).toBeVisible()
})

for (const [name, viewport] of WIDTHS) {
  test.describe(name, () => {
    test.use({ viewport })

    test('[RQ12] axe finds nothing in the console', async ({ app, device, page }) => {
      const requests = await (await device()).serve('lamp/state')
      await app.connect('Looked at', { 'Client ID': 'asking' })
      await app.requests.tab.click()
      await expect(app.requests.region).toContainText('No requests yet')
      expect.soft(await findThemedViolations(page), 'empty').toEqual([])
      await app.requests.send({ Topic: 'lamp/state', Payload: '{"get":"power"}' })
      await (await asked(requests, 0)).answer('{"power":"on"}')
      const answer = app.requests.answers(app.requests.item('lamp/state'))
      await answer.getByRole('button').click()
      await expect(answer.getByRole('group')).toBeVisible()
      await app.requests.send({ Topic: 'nobody/there', Payload: '1' })
      await expect(app.requests.item('nobody/there')).toContainText('Nobody is subscribed')
      await app.requests.field('Response Topic').fill('a/#')
      expect.soft(await findThemedViolations(page), 'with requests').toEqual([])
    })
  })
}
