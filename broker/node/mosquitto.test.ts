import { chmod, mkdtemp, readdir, rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type IClientOptions } from 'mqtt'
import { afterEach, expect, test, vi } from 'vitest'
import { isListening } from './freePort.ts'
import { startMosquitto, type Mosquitto } from './mosquitto.ts'
import type { MosquittoOptions } from './mosquittoFiles.ts'

vi.setConfig({ testTimeout: 30_000 })

const running: Mosquitto[] = []

afterEach(async () => {
  vi.unstubAllEnvs()
  for (const mosquitto of running.splice(0)) await mosquitto.stop()
})

async function start(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const mosquitto = await startMosquitto(options)
  running.push(mosquitto)
  return mosquitto
}

function connect({ tcpPort }: Mosquitto, options: IClientOptions = {}) {
  return connectAsync(`mqtt://127.0.0.1:${tcpPort}`, { reconnectPeriod: 0, ...options })
}

/** The retained message of the topic, or undefined when there is none. */
async function retained(mosquitto: Mosquitto, topic: string): Promise<string | undefined> {
  const client = await connect(mosquitto)
  let found: string | undefined
  client.on('message', (name, payload) => {
    if (name === topic) found = payload.toString()
  })
  const fence = new Promise((resolve) => {
    client.on('message', (name) => {
      if (name === 'fence') resolve(undefined)
    })
  })
  await client.subscribeAsync([topic, 'fence'])
  await client.publishAsync('fence', '')
  await fence
  await client.endAsync()
  return found
}

test('mosquitto listens when it has started, and not any more when it has stopped', async () => {
  const mosquitto = await start({ ws: true })
  expect(await isListening(mosquitto.tcpPort)).toBe(true)
  expect(await isListening(mosquitto.wsPort ?? 0)).toBe(true)
  await (await connect(mosquitto)).endAsync()
  await expect.poll(() => mosquitto.log()).toContain('New client connected')
  await mosquitto.stop()
  expect(await isListening(mosquitto.tcpPort)).toBe(false)
})

test('stopped, it leaves no files behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mqtab-test-'))
  // As root, mosquitto becomes a user of its own, who has to get in.
  await chmod(folder, 0o755)
  vi.stubEnv('TMPDIR', folder)
  const mosquitto = await start({ persistence: true, users: { me: 'secret' }, acl: ['user me'] })
  expect(await readdir(folder)).toHaveLength(1)
  await mosquitto.stop()
  expect(await readdir(folder)).toEqual([])
  await rmdir(folder)
})

test.each([
  ['kill', true, 'kept'],
  ['halt', true, 'kept'],
  ['kill', false, undefined],
] as const)(
  'after %s and restart, with persistence %s, a retained message is %s',
  async (end, persistence, expected) => {
    const mosquitto = await start({ persistence })
    const client = await connect(mosquitto)
    client.on('error', () => undefined)
    await client.publishAsync('a', 'kept', { retain: true, qos: 1 })
    // It saves after each turn of its loop, and acknowledges within: the second answer proves the first.
    await client.publishAsync('b', 'next', { retain: true, qos: 1 })
    const closed = new Promise((resolve) => client.once('close', () => resolve(undefined)))
    await mosquitto[end]()
    await closed
    await mosquitto.restart()
    expect(await retained(mosquitto, 'a')).toBe(expected)
  },
)

test('its users need their passwords', async () => {
  const mosquitto = await start({ users: { me: 'secret' } })
  await (await connect(mosquitto, { username: 'me', password: 'secret' })).endAsync()
  for (const login of [{}, { username: 'me', password: 'wrong' }]) {
    await expect(connect(mosquitto, login)).rejects.toThrow(/Not authorized/)
  }
})

test('topics that are not open to everybody are refused, subscriptions as well', async () => {
  const client = await connect(await start({ open: 'open/#' }), { protocolVersion: 5 })
  await expect(client.subscribeAsync('secret/#')).rejects.toThrow(/Not authorized/i)
  await client.subscribeAsync('open/#')
  await expect(client.publishAsync('secret/a', '', { qos: 1 })).rejects.toThrow(/Not authorized/i)
  await client.publishAsync('open/a', '', { qos: 1 })
  await client.endAsync()
})

test('a configuration that it does not understand is reported with its log', async () => {
  await expect(startMosquitto({ config: ['no_such_word 1'] })).rejects.toThrow(/no_such_word/)
})
