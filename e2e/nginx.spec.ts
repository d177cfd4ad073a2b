import { readdirSync } from 'node:fs'
import path from 'node:path'
import { headers } from '../deploy/headers.mjs'
import { test as base, expect } from './fixtures/test.ts'
import { startNginx, type Nginx, type NginxOptions } from './server/nginx.ts'
import { DIST } from './server/site.ts'
import { createSimpleDemo, publishFromSensors, subscribeToSensors } from './tutorial/walk.ts'

type Fixtures = {
  /** Further settings of the container. */
  environment: Record<string, string>
  nginxOptions: NginxOptions
  nginx: Nginx
}

/** As the tests elsewhere, but the page comes from nginx, and the broker is reached through it. */
const test = base.extend<Fixtures>({
  brokerKind: 'mosquitto',
  mosquittoOptions: { ws: true },
  environment: [{}, { option: true }],
  nginxOptions: [{}, { option: true }],
  nginx: async ({ broker, sitePath, environment, nginxOptions }, use) => {
    const own = {
      MQTAB_BASE_PATH: sitePath,
      MQTT_UPSTREAM: `127.0.0.1:${broker.mosquitto.wsPort ?? 0}`,
    }
    const nginx = await startNginx({ ...own, ...environment }, nginxOptions)
    await use(nginx)
    await nginx.stop()
  },
  url: async ({ nginx, sitePath }, use) => {
    await use(`${nginx.origin}${sitePath}`)
  },
})

const ASSETS = readdirSync(path.join(DIST, 'assets'))
const SCRIPT = ASSETS.find((file) => file.endsWith('.js')) ?? ''

for (const sitePath of ['/', '/tools/mqtab/']) {
  test.describe(`at ${sitePath}`, () => {
    test.use({ sitePath })

    test('[TD1] chapters 1 to 3 work behind nginx, through its own /mqtt', async ({ app }) => {
      await createSimpleDemo(app)
      await subscribeToSensors(app)
      await publishFromSensors(app)
    })

    test('[TD2] every answer has the security headers, errors as well', async ({
      request,
      url,
    }) => {
      const paths = [
        '',
        'config.json',
        `assets/${SCRIPT}`,
        'assets/none.js',
        'none',
        'licenses.txt',
      ]
      for (const name of paths) {
        const answer = await request.get(`${url}${name}`)
        for (const [header, value] of Object.entries(headers)) {
          expect(answer.headers()[header.toLowerCase()], `${header} of ${name}`).toBe(value)
        }
      }
    })

    test('[TD3] hashed files are kept for ever, everything else is asked for again', async ({
      request,
      url,
    }) => {
      const cacheControl = async (name: string) => {
        const answer = await request.get(`${url}${name}`)
        return [answer.status(), answer.headers()['cache-control']]
      }
      const forEver = 'public, max-age=31536000, immutable'
      expect(await cacheControl(`assets/${SCRIPT}`)).toEqual([200, forEver])
      expect(await cacheControl('')).toEqual([200, 'no-cache'])
      expect(await cacheControl('index.html')).toEqual([200, 'no-cache'])
      expect(await cacheControl('config.json')).toEqual([200, 'no-store'])
      expect(await cacheControl('assets/none.js')).toEqual([404, undefined])
    })

    test('[TD4] files are sent compressed to whoever takes them so', async ({ request, url }) => {
      const get = (encoding: string) =>
        request.get(`${url}assets/${SCRIPT}`, { headers: { 'Accept-Encoding': encoding } })
      const compressed = await get('gzip')
      const plain = await get('identity')
      expect(compressed.headers()['content-encoding']).toBe('gzip')
      expect(plain.headers()['content-encoding']).toBeUndefined()
      expect(compressed.headers()['vary']).toBe('Accept-Encoding')
      expect(await compressed.body()).toEqual(await plain.body())
    })

    test('[TD5] what only the build needs is not there', async ({ request, url }) => {
      expect((await request.get(`${url}.vite/manifest.json`)).status()).toBe(404)
    })
  })
}

test('[TD6] /healthz answers for the container', async ({ request, nginx }) => {
  const answer = await request.get(`${nginx.origin}/healthz`)
  expect(answer.status()).toBe(200)
  expect(await answer.text()).toBe('ok\n')
})

test.describe('below a path', () => {
  test.use({ sitePath: '/tools/mqtab/' })

  test('[TD7] a missing slash is added, and there is nothing beside the site', async ({
    request,
    nginx,
  }) => {
    const answer = await request.get(`${nginx.origin}/tools/mqtab`, { maxRedirects: 0 })
    expect(answer.status()).toBe(301)
    expect(answer.headers()['location']).toBe('/tools/mqtab/')
    expect((await request.get(`${nginx.origin}/`)).status()).toBe(404)
    expect((await request.get(`${nginx.origin}/mqtt`)).status()).toBe(404)
  })
})

test.describe('from the environment', () => {
  const preset = {
    name: 'The "green" house',
    url: 'wss://broker.test:8084/mqtt',
    clientId: 'a\\b',
    username: "it's me",
  }
  test.use({
    environment: {
      MQTAB_TITLE: 'Plant "A" \\ <b>',
      MQTAB_DEFAULT_BROKER: 'wss://broker.test:8084/mqtt',
      MQTAB_CONNECTIONS: JSON.stringify([preset]),
    },
  })

  test('[TD8] config.json says what the environment says, quotes and all', async ({
    request,
    url,
  }) => {
    const answer = await request.get(`${url}config.json`)
    expect(answer.headers()['content-type']).toBe('application/json')
    expect(await answer.json()).toEqual({
      title: 'Plant "A" \\ <b>',
      defaultBroker: 'wss://broker.test:8084/mqtt',
      connections: [preset],
    })
  })

  test('[TD9] the page shows the title and offers the preset connections', async ({
    app,
    page,
  }) => {
    await expect(page).toHaveTitle(/Plant "A" \\ <b>/)
    await app.goToForm()
    await expect(app.form.field('Host')).toHaveValue('broker.test')
  })
})

test('[FW17] a broker that is down behind the site is told apart from a site that is', async ({
  app,
  broker,
  guard,
}) => {
  guard.allow(/WebSocket connection to .* failed/, /status of 502/)
  await broker.mosquitto.kill()
  await app.goToForm()
  await app.form.fill({ Name: 'Behind' })
  await app.form.connect.click()
  await expect(app.session.trouble('(HTTP 502)')).toBeVisible()
  await expect(app.session.trouble('the broker is down')).toBeVisible()
  await expect(app.session.wayOn('Try path /ws')).toBeHidden()
})

test.describe('with a short time-out for idle links', () => {
  test.use({ nginxOptions: { idleTimeout: 8 } })

  test('[FW19] a link that nginx cuts while idle is told as such, and a Keep Alive saves it', async ({
    app,
    broker,
  }) => {
    test.slow()
    await app.goToForm()
    await app.form.unfold('Advanced')
    const fields = { Name: 'Idle', 'Client ID': 'idle', 'Keep Alive': '60' }
    await app.form.fill({ ...fields, 'Auto Reconnect': false })
    await app.form.connect.click()
    const words = /cut after \d\.\d s in which nothing passed.* a proxy or firewall/
    await expect(app.session.trouble(words)).toBeVisible({ timeout: 20_000 })
    const pings = () => broker.mosquitto.log().split('Received PINGREQ from idle').length - 1
    const before = pings()
    await app.session.wayOn(/^Use a Keep Alive of \d s$/).click()
    // One at once and two at three quarters of the Keep Alive each, which is longer than nginx waits.
    await expect.poll(pings, { timeout: 40_000 }).toBeGreaterThanOrEqual(before + 3)
    await expect(app.session.state('Connected')).toBeVisible()
  })
})
