import type { App } from './panes/app.ts'
import { expect, test as base } from './fixtures/test.ts'
import { startHostileBroker, type HostileBroker } from './server/hostileBroker.ts'
import { HOSTILE_SCRIPTS } from './server/hostileScripts.ts'

const test = base.extend<{ hostile: HostileBroker }>({
  hostile: async ({ guard }, use) => {
    const hostile = await startHostileBroker()
    guard.allowHost(hostile.host)
    // Chromium tells of the request that was answered with 404.
    guard.allow(/WebSocket connection to .* failed/)
    await use(hostile)
    await hostile.close()
  },
})

/** Makes a connection to the hostile broker and connects it. */
async function connectTo(app: App, { port }: HostileBroker, path: string): Promise<void> {
  await app.goToForm()
  await app.form.fill({ Name: path, Port: String(port), Path: `/${path}` })
  await app.form.connect.click()
  await app.session.heading(path).waitFor()
}

test('[HB1] whatever a hostile broker sends is told in words, and a good connection goes on', async ({
  app,
  device,
  hostile,
}) => {
  const publisher = await device()
  await app.connect('Good')
  await app.subscriptions.add('good/#')
  const paths = Object.keys(HOSTILE_SCRIPTS)
  for (const [path, { words, afterSubscribe }] of Object.entries(HOSTILE_SCRIPTS)) {
    await connectTo(app, hostile, path)
    if (afterSubscribe) {
      await app.session.state('Connected').waitFor()
      await app.subscriptions.openDialog()
      await app.subscriptions.fill({ Topic: 'a' })
      await app.subscriptions.confirm.click()
    }
    await expect(app.session.trouble(words)).toBeVisible()
    await publisher.publish(`good/${path}`, 'still here')
  }
  await app.goToConnection('Good')
  await expect(app.session.state('Connected')).toBeVisible()
  await expect(app.messages.received).toHaveCount(paths.length)
})

test('[HB1] a packet without an end holds nothing up, and the connection can be ended', async ({
  app,
  device,
  hostile,
}) => {
  const publisher = await device()
  await app.connect('Good')
  await app.subscriptions.add('good')
  await connectTo(app, hostile, 'endless')
  await expect(app.session.state('Connected')).toBeVisible()
  await app.goToConnection('Good')
  await publisher.publish('good', 'beside it')
  await expect(app.messages.with('beside it')).toBeVisible()
  await app.goToConnection('endless')
  await app.session.disconnect.click()
  await expect(app.session.state('Disconnected')).toBeVisible()
})

test('[HB1] [PI2] what a hostile broker sent can be looked at', async ({ app, hostile }) => {
  await connectTo(app, hostile, 'bad-topic')
  await expect(app.session.trouble('not UTF-8')).toBeVisible()
  await app.packets.tab.click()
  await app.packets.named('PUBLISH').first().click()
  await expect(app.packets.detail.getByRole('alert')).toContainText('a text that is not UTF-8')
})
