import { test as base, expect } from './fixtures/ownBrowser.ts'
import type { App } from './panes/app.ts'
import type { Fields } from './panes/fillIn.ts'
import { startUntrustedFront, type UntrustedServer } from './server/untrustedServer.ts'

type Fixtures = {
  /** Whether the page comes over https. */
  isSecure: boolean
  front: UntrustedServer
}

/**
 * A page that the browser takes for one of the internet: its name is not one of this machine, and its
 * address counts as public. The broker is on this machine.
 */
const test = base.extend<Fixtures>({
  brokerKind: 'mosquitto',
  mosquittoOptions: { ws: true },
  ignoreHTTPSErrors: true,
  isSecure: [true, { option: true }],

  front: async ({ site }, use) => {
    const front = await startUntrustedFront(site.port)
    await use(front)
    await front.stop()
  },

  url: async ({ site, front, isSecure }, use) => {
    await use(`${isSecure ? 'https' : 'http'}://mqtab.test:${isSecure ? front.port : site.port}/`)
  },

  flags: async ({ url }, use) => {
    await use([`--ip-address-space-overrides=127.0.0.1:${new URL(url).port}=public`])
  },

  guard: async ({ guard, broker }, use) => {
    guard.allow(/WebSocket connection to .* failed/)
    guard.allowHost(`127.0.0.1:${broker.mosquitto.wsPort ?? 0}`)
    await use(guard)
  },
})

async function connectTo(app: App, port: number, fields: Fields = {}) {
  await app.goToForm()
  await app.form.unfold('Advanced')
  const address = { Protocol: 'ws://', Host: '127.0.0.1', Port: String(port), Path: '/mqtt' }
  await app.form.fill({ Name: 'At home', ...address, ...fields })
  await app.form.connect.click()
}

test('[FW16] a browser that has not asked yet is made to ask, and the connection comes', async ({
  app,
  broker,
  context,
}) => {
  // A retry that comes after the permission would be faster than a click.
  await connectTo(app, broker.mosquitto.wsPort ?? 0, { 'Auto Reconnect': false })
  await expect(app.session.trouble('away from this computer until you allow it')).toBeVisible()
  // As the user does when the browser asks. Without a window it never does.
  await context.grantPermissions(['local-network-access'], { origin: new URL(app.url).origin })
  await app.session.wayOn('Ask the browser').click()
  await expect(app.session.state('Connected')).toBeVisible()
})

test('[FW16] a site that was not allowed says where to allow it', async ({
  app,
  broker,
  context,
  page,
}) => {
  const session = await context.newCDPSession(page)
  const { targetInfo } = await session.send('Target.getTargetInfo')
  await session.send('Browser.setPermission', {
    permission: { name: 'loopback-network' },
    setting: 'denied',
    origin: new URL(app.url).origin,
    ...(targetInfo.browserContextId && { browserContextId: targetInfo.browserContextId }),
  })
  await connectTo(app, broker.mosquitto.wsPort ?? 0)
  await expect(app.session.trouble('settings of this site left of the address')).toBeVisible()
  await expect(app.session.trouble('“Apps on device”')).toBeVisible()
  await expect(app.session.wayOn('Ask the browser')).toBeHidden()
})

test('[FW16] a site that is allowed to says nothing of it', async ({ app, broker, context }) => {
  await context.grantPermissions(['local-network-access'], { origin: new URL(app.url).origin })
  const port = broker.mosquitto.wsPort ?? 0
  await connectTo(app, port)
  await expect(app.session.state('Connected')).toBeVisible()
  await broker.mosquitto.kill()
  await expect(app.session.trouble(`Could not reach 127.0.0.1:${port}`)).toBeVisible()
  await expect(app.session.trouble('The browser does not say why')).toBeVisible()
})

test('[FW18] ws:// to another machine is said before anything is tried, and wss:// is a click away', async ({
  app,
  guard,
}) => {
  guard.allowHost('broker.test:8084')
  guard.allow(/ERR_NAME_NOT_RESOLVED/)
  await app.goToForm()
  const address = { Protocol: 'ws://', Host: 'broker.test', Port: '8083', Path: '/mqtt' }
  await app.form.fill({ Name: 'Elsewhere', ...address })
  await expect(app.page.getByText('browsers open ws:// only to this computer')).toBeVisible()
  await app.form.connect.click()
  await expect(app.session.trouble('does not open ws:// from an https page')).toBeVisible()
  await expect(app.session.trouble('was not contacted')).toBeVisible()
  await app.session.wayOn('Try wss:// at port 8084').click()
  await expect(app.session.trouble('Could not reach broker.test:8084')).toBeVisible()
})

test.describe('over http', () => {
  test.use({ isSecure: false })

  test('[FW16] a site over http is told to come over https', async ({ app, broker, context }) => {
    await context.grantPermissions(['local-network-access'], { origin: new URL(app.url).origin })
    await connectTo(app, broker.mosquitto.wsPort ?? 0)
    await expect(app.session.trouble('Open MQTab over https')).toBeVisible()
  })
})
