import { readFile } from 'node:fs/promises'
import type { App } from './panes/app.ts'
import { expect, test } from './fixtures/test.ts'

const PASSWORD = 'engine, analytical'

test.use({ scram: { users: { ada: PASSWORD } } })

/** Fills the form of a new connection in and connects. */
async function connectBy(app: App, method: string, password = PASSWORD): Promise<void> {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'Ada', Username: 'ada', Password: password })
  await app.form.fill({ 'Authentication Method': method })
  await app.form.connect.click()
}

for (const method of ['SCRAM-SHA-256', 'SCRAM-SHA-512']) {
  test(`[AU4] [PI3] ${method} connects, and no packet shows what was proven`, async ({ app }) => {
    await connectBy(app, method)
    await expect(app.connections.dot('Ada', 'Connected')).toBeVisible()
    await app.subscriptions.add('greeting')
    await app.publish.send({ topic: 'greeting', type: 'Plaintext', payload: 'hello' })
    await expect(app.messages.with('greeting')).toHaveCount(2)

    await app.packets.tab.click()
    await expect(app.packets.named('AUTH')).toHaveCount(2)
    for (const [name, place] of [
      ['CONNECT', 0],
      ['AUTH', 0],
      ['AUTH', 1],
      ['CONNACK', 0],
    ] as const) {
      await app.packets.named(name).nth(place).click()
      await expect(app.packets.field('Authentication Method')).toContainText(method)
      await expect(app.packets.field('Authentication Data')).toContainText('masked')
    }
    await app.packets.named('CONNECT').click()
    await expect(app.packets.field('User Name')).toContainText('ada')
    await expect(app.packets.field('Password')).toHaveCount(0)

    const download = app.page.waitForEvent('download')
    await app.packets.save.click()
    const text = await readFile(await (await download).path(), 'utf8')
    const hex = (secret: string) => Buffer.from(secret).toString('hex')
    expect(text).toContain(hex(method))
    for (const secret of [PASSWORD, 'n,,n=ada', 'c=biws', 'v=']) {
      expect(text).not.toContain(secret)
      expect(text.toLowerCase()).not.toContain(hex(secret))
    }
  })
}

test('[AU4] a wrong password is refused in words, and put right in the form', async ({ app }) => {
  await connectBy(app, 'SCRAM-SHA-256', 'difference')
  await expect(app.session.trouble('The broker refused')).toBeVisible()
  await expect(app.session.trouble('Username and Password')).toBeVisible()
  await expect(app.session.retryNow).toBeHidden()

  await app.session.choose('Edit')
  await app.form.unfold('Advanced')
  await expect(app.form.field('Authentication Method')).toHaveValue('SCRAM-SHA-256')
  await app.form.fill({ Password: PASSWORD })
  await app.form.connect.click()
  await expect(app.connections.dot('Ada', 'Connected')).toBeVisible()
})

test('[AU8] a method of other names is sent as it is, and refused in words', async ({ app }) => {
  await app.goToForm()
  await app.form.unfold('Advanced')
  await app.form.fill({ Name: 'Ada', 'Authentication Method': 'GS2-KRB5' })
  await expect(app.form.field('Authentication Method')).toHaveAccessibleDescription(
    /Only the name of this method is sent.*SCRAM-SHA-256, SCRAM-SHA-512, SCRAM-SHA-1/,
  )
  await app.form.connect.click()
  await expect(app.session.trouble('Bad authentication method')).toBeVisible()
})

test('[AU9] the form suggests the methods that MQTab knows, and asks for a user name', async ({
  app,
  page,
}) => {
  await app.goToForm()
  await app.form.unfold('Advanced')
  const field = app.form.field('Authentication Method')
  const list = await field.getAttribute('list')
  const values = page.locator(`datalist[id="${list}"] option`)
  await expect(values).toHaveCount(3)
  expect(
    await values.evaluateAll((options) => options.map((each) => each.getAttribute('value'))),
  ).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-512', 'SCRAM-SHA-1'])
  await expect(field).toHaveAccessibleDescription(/Username and Password/)
  await field.fill('SCRAM-SHA-256')
  await app.form.connect.click()
  await expect(app.form.field('Username')).toHaveAccessibleDescription(/enter the name/)
})

for (const proof of ['none', 'wrong'] as const) {
  test.describe(`with a server whose proof is ${proof}`, () => {
    test.use({ scram: { users: { ada: 'another' }, proof } })

    test('[AU5] it is left, and that is said', async ({ app }) => {
      await connectBy(app, 'SCRAM-SHA-256')
      await expect(
        app.session.trouble('The server did not prove that it knows the password'),
      ).toBeVisible()
      await expect(app.session.retryNow).toBeHidden()
      await expect(app.connections.dot('Ada', 'Disconnected')).toBeVisible()
      await app.packets.tab.click()
      await expect(app.packets.named('DISCONNECT')).toContainText('128 (0x80)')
    })
  })
}

test.describe('on a page without a secure context', () => {
  test.use({
    url: async ({ site }, use) => {
      await use(`http://mqtab.test:${site.port}${site.base}`)
    },
  })

  test('[AU6] the form says what is missing, and connecting says it again', async ({ app }) => {
    await app.goToForm()
    await app.form.unfold('Advanced')
    await app.form.fill({ Name: 'Ada', Username: 'ada', Password: PASSWORD })
    await app.form.fill({ 'Authentication Method': 'SCRAM-SHA-256' })
    await expect(app.form.field('Authentication Method')).toHaveAccessibleDescription(
      /needs a secure context/,
    )
    await app.form.connect.click()
    await expect(app.session.trouble('SCRAM needs a secure context')).toBeVisible()
  })
})
