import { readStoredLog } from './fixtures/storedLog.ts'
import { againstMosquitto, expect, test } from './fixtures/test.ts'

const TRICKY = '{"z":12345678901234567890,"a":127.0,"m":1.10,"z":1e400,"é":"\\u00e9\\/"}'

againstMosquitto(() => {
  test('[TM1] JSON is shown without a changed digit, order or escape', async ({ app, device }) => {
    await app.connect('Exact')
    await app.subscriptions.add('numbers')
    const sensor = await device()
    await sensor.publish('numbers', TRICKY, { qos: 1 })
    const message = app.messages.with('12345678901234567890')
    await expect(message).toBeVisible()
    const shown = (await message.textContent()) ?? ''
    expect(shown.replaceAll(/\s/g, '')).toContain(TRICKY)
  })

  test('[TM2] JSON is sent exactly as it is typed', async ({ app, device }) => {
    const heard = await (await device()).listen('numbers')
    await app.connect('Exact')
    const typed = `  ${TRICKY}\n\n`
    await app.publish.send({ topic: 'numbers', type: 'JSON', payload: typed })
    await expect.poll(() => heard.map(({ payload }) => payload.toString())).toEqual([typed])
  })

  test('[TM3] binary payloads are kept byte for byte, both ways', async ({ app, device }) => {
    const sensor = await device()
    const heard = await sensor.listen('bytes/out')
    await app.connect('Exact')
    await app.subscriptions.add('bytes/in', { QoS: '1' })
    await expect(app.subscriptions.item('bytes/in')).toContainText('QoS 1')
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i)
    await sensor.publish('bytes/in', bytes, { qos: 1 })
    await expect(app.messages.with('bytes/in')).toBeVisible()
    const [stored] = await readStoredLog(app.page, 'Exact')
    expect(stored).toMatchObject({ kind: 'message', topic: 'bytes/in', payload: bytes })

    await app.publish.send({
      topic: 'bytes/out',
      type: 'Base64',
      payload: Buffer.from(bytes).toString('base64'),
    })
    await app.publish.send({ topic: 'bytes/out', type: 'Hex', payload: '00 ff 80' })
    const sent = () => heard.map(({ payload }) => payload.toString('hex'))
    await expect.poll(sent).toEqual([Buffer.from(bytes).toString('hex'), '00ff80'])
  })
})

test('[TM4] stored messages are shown as another payload type at any time', async ({
  app,
  device,
}) => {
  await app.connect('Views')
  await app.subscriptions.add('a')
  const sensor = await device()
  await sensor.publish('a', '{"n":1}', { qos: 1 })
  const message = app.messages.items.first()
  await expect(message).toContainText('"n": 1')
  await app.messages.viewAs('Hex')
  await expect(message).toContainText('7b 22 6e 22 3a 31 7d')
  await app.messages.viewAs('Base64')
  await expect(message).toContainText('eyJuIjoxfQ==')
  await app.messages.viewAs('Plaintext')
  await expect(message).toContainText('{"n":1}')
  await app.messages.viewAs('JSON')
  await expect(message).toContainText('"n": 1')
})

test('[TM5] invalid input is marked and not sent', async ({ app, broker }) => {
  await app.connect('Careful')
  for (const [type, payload, words] of [
    ['JSON', '{"n": 01}', /Not valid JSON/],
    ['Base64', 'abcde', /Not Base64/],
    ['Hex', 'abc', /Half a byte/],
  ] as const) {
    await app.publish.send({ topic: 'a', type, payload })
    await expect(app.publish.region).toContainText(words)
  }
  await app.publish.send({ topic: 'a/+', type: 'Plaintext', payload: 'x' })
  await expect(app.publish.topic).toHaveAccessibleDescription(/wildcard/)
  await expect(app.messages.items).toHaveCount(0)
  expect(broker.embedded.publish('probe', new Uint8Array())).toBe(0)
})

test('[TM6] a big payload is shown in part, and stored whole', async ({ app, device }) => {
  await app.connect('Big')
  await app.subscriptions.add('a', { QoS: '1' })
  await expect(app.subscriptions.item('a')).toContainText('QoS 1')
  const payload = Buffer.alloc(900_000, 'abcdefghij')
  const sensor = await device()
  await sensor.publish('a', payload, { qos: 1 })
  await expect(app.messages.items).toHaveCount(1)
  const [stored] = await readStoredLog(app.page, 'Big')
  expect(stored?.kind === 'message' && Buffer.compare(stored.payload, payload)).toBe(0)
})

test('[MR8] a message that is open follows what becomes of it', async ({ app, broker }) => {
  await app.connect('Waiting')
  broker.embedded.faults.add({ publishAcks: 2_000 })
  await app.publish.send({ topic: 'a', qos: '1', payload: '1' })
  await app.messages.openDetail(app.messages.published)
  const outcome = app.messages.detail.locator('dt', { hasText: 'Outcome' }).locator('+ dd')
  await expect(outcome).toHaveText('sent, not acknowledged yet')
  await expect(outcome).toHaveText(/^acknowledged/)
})

test('[MR5] topic and payload are copied', async ({ app, context, device }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await app.connect('Copies')
  await app.subscriptions.add('#')
  const sensor = await device()
  await sensor.publish('plant/hall 1/温度', TRICKY, { qos: 1 })
  await app.messages.openDetail(app.messages.items)
  for (const [button, text] of [
    ['Copy topic', 'plant/hall 1/温度'],
    ['Copy payload', TRICKY],
  ] as const) {
    await app.messages.detail.getByRole('button', { name: button }).click()
    await expect(app.messages.detail.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await app.page.evaluate(() => navigator.clipboard.readText())).toBe(text)
  }
})
