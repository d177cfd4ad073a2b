import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createServer, preview, type PreviewServer, type ViteDevServer } from 'vite'
import { connectAsync } from 'mqtt'
import { brokerPlugin } from './brokerPlugin.ts'
import { freePort } from './freePort.ts'

vi.setConfig({ testTimeout: 60_000 })

let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'mqtab-test-'))
  await mkdir(join(root, 'dist'))
  await writeFile(join(root, 'index.html'), '<title>page</title>')
  await writeFile(join(root, 'dist/index.html'), '<title>page</title>')
})

afterEach(() => rm(root, { recursive: true }))

/** The servers that `vite` and `vite preview` start, with nothing but the broker's plugin. */
const kinds = {
  vite: async (base: string): Promise<ViteDevServer> => {
    const server = await createServer({ ...options(base), server: { port: 0, ws: false } })
    return server.listen()
  },
  'vite preview': async (base: string): Promise<PreviewServer> =>
    preview({ ...options(base), preview: { port: await freePort() } }),
}

function options(base: string) {
  return {
    root,
    base,
    configFile: false as const,
    logLevel: 'silent' as const,
    optimizeDeps: { noDiscovery: true },
    plugins: [brokerPlugin()],
  }
}

function portOf(server: ViteDevServer | PreviewServer): number {
  const address = server.httpServer?.address() as AddressInfo
  return address.port
}

describe.each(Object.entries(kinds))('%s', (_, start) => {
  test.each(['/', '/tools/mqtab/'])('[BR29] has the broker at mqtt below %s', async (base) => {
    const server = await start(base)
    const port = portOf(server)
    const response = await fetch(`http://localhost:${port}${base}config.json`)
    expect(await response.json()).toEqual({ defaultBroker: `${base}mqtt`, embeddedBroker: true })
    expect(response.headers.get('Content-Type')).toBe('application/json')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const client = await connectAsync(`ws://localhost:${port}${base}mqtt`, {
      protocolVersion: 5,
      reconnectPeriod: 0,
    })
    expect(await (await fetch(`http://localhost:${port}${base}`)).text()).toContain('page')
    await client.endAsync()
    await server.close()
  })

  test('[BR29] closes with sockets open', async () => {
    const server = await start('/')
    const client = await connectAsync(`ws://localhost:${portOf(server)}/mqtt`, {
      reconnectPeriod: 0,
    })
    const closed = new Promise<void>((resolve) => client.once('close', resolve))
    await server.close()
    await closed
  })
})

describe('npm start', () => {
  /** `vite preview` with the project's own configuration, once it has printed its addresses. */
  async function startPreview(port: number) {
    const vite = join(process.cwd(), 'node_modules/vite/bin/vite.js')
    const words = [
      'preview',
      '--outDir',
      join(root, 'dist'),
      '--port',
      String(port),
      '--strictPort',
    ]
    const child = spawn(process.execPath, [vite, ...words], {
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.on('data', (text: Buffer) => (output += text.toString()))
    await expect.poll(() => output, { timeout: 50_000 }).toMatch(/Local:.*\n/)
    return { child, output: () => output }
  }

  test('[BR29] prints where the page and the broker are, and listens on this machine only', async () => {
    const port = await freePort()
    const { child, output } = await startPreview(port)
    expect(output()).toContain(`http://localhost:${port}/`)
    expect(output()).toContain(
      `Embedded MQTT broker, for learning and tests only: ws://localhost:${port}/mqtt`,
    )
    const foreign = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    for (const { address } of foreign) {
      await expect(fetch(`http://${address}:${port}/`)).rejects.toThrow()
    }
    child.kill('SIGINT')
    await once(child, 'exit')
  })

  test('[BR29] ends within two seconds of SIGINT, sockets open or not', async () => {
    const port = await freePort()
    const { child } = await startPreview(port)
    const client = await connectAsync(`ws://localhost:${port}/mqtt`, { reconnectPeriod: 0 })
    client.on('error', () => undefined)
    const from = performance.now()
    child.kill('SIGINT')
    await once(child, 'exit')
    expect(performance.now() - from).toBeLessThan(4_000)
    client.end(true)
  })
})
