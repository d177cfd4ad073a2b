import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

vi.setConfig({ testTimeout: 30_000 })

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'mqtab-test-'))
  await mkdir(path.join(folder, 'bin'))
  // Says how it was started, in place of the real one.
  await writeFile(path.join(folder, 'bin/nginx'), '#!/bin/sh\necho "nginx $*"\n')
  await chmod(path.join(folder, 'bin/nginx'), 0o755)
})

afterEach(() => rm(folder, { recursive: true }))

/** Starts the container's entry point with these settings. */
function start(settings: Record<string, string> = {}) {
  return spawnSync('/bin/sh', ['deploy/nginx/entrypoint.sh'], {
    encoding: 'utf8',
    env: {
      PATH: `${folder}/bin:/usr/bin:/bin`,
      MQTAB_RUN: `${folder}/run`,
      MQTAB_SITE: '/srv/site',
      ...settings,
    },
  })
}

const read = (name: string) => readFile(path.join(folder, 'run', name), 'utf8')

async function config(settings: Record<string, string>): Promise<unknown> {
  const { status, stderr } = start(settings)
  expect([status, stderr]).toEqual([0, ''])
  return JSON.parse(await read('config.json'))
}

describe('the configuration of nginx', () => {
  test('[DP4] has every word replaced, and nginx is started with it', async () => {
    const { status, stdout } = start()
    expect(status).toBe(0)
    expect(stdout).toContain(`-c ${folder}/run/nginx.conf`)
    const conf = await read('nginx.conf')
    expect(conf).not.toMatch(/@[A-Z_]+@/)
    expect(conf).toContain('listen 8080;')
    expect(conf).toContain('location / {')
    expect(conf).toContain('location /assets/ {')
    expect(conf).toContain('alias /srv/site/;')
    expect(await read('optional.conf')).toBe('')
  })

  test.each(['/tools/mqtab', 'tools/mqtab', '/tools/mqtab/', 'tools/mqtab/'])(
    '[DP4] the base path %s means the same however it is written',
    async (base) => {
      start({ MQTAB_BASE_PATH: base, MQTAB_PORT: '9000', MQTT_UPSTREAM: 'broker:8083' })
      const conf = await read('nginx.conf')
      expect(conf).toContain('listen 9000;')
      expect(conf).toContain('location /tools/mqtab/ {')
      expect(conf).toContain('location = /tools/mqtab/config.json {')
      const optional = await read('optional.conf')
      expect(optional).toContain('location = /tools/mqtab {')
      expect(optional).toContain('return 301 /tools/mqtab/;')
      expect(optional).toContain('location = /tools/mqtab/mqtt {')
    },
  )

  test('[DP4] a broker behind the site is reached at its own path, and for an hour of silence', async () => {
    start({ MQTT_UPSTREAM: '10.0.0.5:9001', MQTT_UPSTREAM_PATH: '/ws' })
    const optional = await read('optional.conf')
    expect(optional).toContain('location = /mqtt {')
    expect(optional).toContain('proxy_pass http://10.0.0.5:9001/ws;')
    expect(optional).toContain('proxy_set_header Upgrade $http_upgrade;')
    expect(optional).toContain('proxy_read_timeout 3600s;')
  })

  test.each([
    ['MQTAB_PORT', 'http'],
    ['MQTAB_PORT', '80 default_server'],
    ['MQTAB_PORT', '8080;'],
    ['MQTAB_PORT', '-1'],
    ['MQTAB_PORT', '0'],
    ['MQTAB_PORT', '65536'],
    ['MQTAB_PORT', '99999999999999999999'],
    ['MQTAB_BASE_PATH', '/a b/'],
    ['MQTAB_BASE_PATH', '/a;'],
    ['MQTAB_BASE_PATH', '/a{'],
    ['MQTAB_BASE_PATH', '/a|b'],
    ['MQTAB_BASE_PATH', '/a\nlocation /b'],
    ['MQTAB_BASE_PATH', '/$uri'],
    ['MQTAB_BASE_PATH', '/a&b'],
    ['MQTAB_BASE_PATH', '/a\\b'],
    ['MQTT_UPSTREAM', 'broker'],
    ['MQTT_UPSTREAM', ':8083'],
    ['MQTT_UPSTREAM', 'broker:'],
    ['MQTT_UPSTREAM', 'broker:8083/path'],
    ['MQTT_UPSTREAM', 'broker:8083x'],
    ['MQTT_UPSTREAM', 'http://broker:8083'],
    ['MQTT_UPSTREAM', 'broker:8083;'],
    ['MQTT_UPSTREAM_PATH', 'mqtt'],
    ['MQTT_UPSTREAM_PATH', '/mqtt;'],
    ['MQTT_UPSTREAM_PATH', '/mqtt\n'],
    ['MQTAB_CONNECTIONS', '{}'],
    ['MQTAB_CONNECTIONS', 'none'],
  ])('[DP5] refuses %s=%j, and names it', (name, value) => {
    const { status, stdout, stderr } = start({ MQTT_UPSTREAM: 'broker:8083', [name]: value })
    expect(status).toBe(1)
    expect(stderr).toMatch(new RegExp(`^mqtab: ${name} `))
    expect(stdout).toBe('')
    expect(existsSync(path.join(folder, 'run'))).toBe(false)
  })
})

describe('config.json', () => {
  test('[DP6] is empty where nothing is set', async () => {
    expect(await config({})).toEqual({ connections: [] })
  })

  test('[DP6] has the title as it is, whatever characters it has', async () => {
    const title = `"quoted" \\back\\ 'single' $HOME \`id\` %s &amp; </script> größe 温度 \u{1F4E1} \\u0041`
    expect(await config({ MQTAB_TITLE: title })).toEqual({ connections: [], title })
  })

  test('[DP6] leaves control characters out of the title', async () => {
    const settings = { MQTAB_TITLE: 'one\ntwo\tthree\u001b[31m' }
    expect(await config(settings)).toEqual({ connections: [], title: 'onetwothree[31m' })
  })

  test.each([
    [
      { MQTAB_DEFAULT_BROKER: 'wss://broker.example.com:8084/mqtt' },
      'wss://broker.example.com:8084/mqtt',
    ],
    [{ MQTT_UPSTREAM: 'broker:8083' }, 'mqtt'],
    [{ MQTT_UPSTREAM: 'broker:8083', MQTAB_DEFAULT_BROKER: '/other' }, '/other'],
  ])('[DP6] with %j the default broker is %s', async (settings, defaultBroker) => {
    expect(await config(settings)).toEqual({ connections: [], defaultBroker })
  })

  test('[DP6] has the preset connections, also when they are written over several lines', async () => {
    const connections = [{ name: 'Ours', broker: '/mqtt' }]
    const text = `${JSON.stringify(connections, null, 2)}\n`
    expect(await config({ MQTAB_CONNECTIONS: text })).toEqual({ connections })
  })
})
