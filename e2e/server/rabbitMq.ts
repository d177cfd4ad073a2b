import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, isListening } from '../../broker/node/freePort.ts'
import { findOldRabbitMq } from '../../scripts/programs.mjs'

/** Half of it is an election that waits for a cluster of its own. */
const START_TIMEOUT = 90_000

/** A running RabbitMQ of a test's own, which takes WebSockets at `/ws`. */
export type RabbitMq = {
  port: number
  stop(): Promise<void>
}

/**
 * Starts Debian's RabbitMQ on 127.0.0.1 with its own temporary directory and with its plugin for MQTT over
 * WebSockets, and waits until it listens. Rejects with its log when it does not start.
 */
export async function startRabbitMq(): Promise<RabbitMq> {
  const binary = findOldRabbitMq()
  if (binary === undefined) throw new Error('RabbitMQ before 3.13 is not installed')
  const folder = await mkdtemp(path.join(tmpdir(), 'mqtab-rabbitmq-'))
  const [port, portMapper, distribution] = [await freePort(), await freePort(), await freePort()]
  await writeFile(path.join(folder, 'enabled_plugins'), '[rabbitmq_web_mqtt].\n')
  const lines = [
    'listeners.tcp = none',
    'mqtt.listeners.tcp = none',
    'web_mqtt.tcp.ip = 127.0.0.1',
    `web_mqtt.tcp.port = ${port}`,
    'log.console = true',
    'log.file = false',
  ]
  await writeFile(path.join(folder, 'rabbitmq.conf'), `${lines.join('\n')}\n`)
  const env = {
    PATH: process.env['PATH'],
    // Its script then becomes the server, instead of waiting for one.
    RUNNING_UNDER_SYSTEMD: 'true',
    // Where the cookie of Erlang is made.
    HOME: folder,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    ERL_EPMD_PORT: String(portMapper),
    RABBITMQ_NODENAME: `mqtab${port}@localhost`,
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: path.join(folder, 'mnesia'),
    RABBITMQ_LOG_BASE: path.join(folder, 'log'),
    RABBITMQ_GENERATED_CONFIG_DIR: path.join(folder, 'generated'),
    RABBITMQ_ENABLED_PLUGINS_FILE: path.join(folder, 'enabled_plugins'),
    RABBITMQ_CONFIG_FILE: path.join(folder, 'rabbitmq'),
    RABBITMQ_PID_FILE: path.join(folder, 'pid'),
  }
  // Else the server would start one that outlives it.
  const mapper = spawn('epmd', ['-port', String(portMapper)], { env, stdio: 'ignore' })
  const server = spawn(binary, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let log = ''
  const collect = (text: Buffer) => (log += text.toString())
  server.stdout.on('data', collect)
  server.stderr.on('data', collect)

  const stop = async () => {
    for (const child of [server, mapper]) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      const exited = once(child, 'exit')
      child.kill('SIGKILL')
      await exited
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const deadline = Date.now() + START_TIMEOUT
  while (!(await isListening(port))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`RabbitMQ did not start:\n${log}`)
    }
    await wait(50)
  }
  return { port, stop }
}
