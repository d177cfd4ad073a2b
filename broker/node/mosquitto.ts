import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort, isListening } from './freePort.ts'
import { writeMosquittoFiles, type MosquittoOptions } from './mosquittoFiles.ts'

/** A running mosquitto of this test's own. */
export type Mosquitto = {
  tcpPort: number
  wsPort?: number
  wssPort?: number
  /** What it wrote to its log since it was first started. */
  log(): string
  /** SIGKILL: no good-bye to any client, and nothing is saved that was not saved before. */
  kill(): Promise<void>
  /** SIGTERM; persistence is written. It can be restarted. */
  halt(): Promise<void>
  /** Starts it again on the same ports after `kill` or `halt`. */
  restart(): Promise<void>
  /** Ends it and removes its files. */
  stop(): Promise<void>
}

const START_TIMEOUT = 10_000

/**
 * Starts Debian's mosquitto on free ports of 127.0.0.1 with its own temporary directory, and waits
 * until it listens. Rejects when it is not installed or does not start, with its log.
 */
export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  const binary = [
    '/usr/sbin/mosquitto',
    '/usr/local/sbin/mosquitto',
    '/opt/homebrew/sbin/mosquitto',
  ].find((path) => existsSync(path))
  if (binary === undefined) {
    throw new Error('mosquitto is not installed. On Debian or Ubuntu: apt-get install mosquitto')
  }
  const tcpPort = await freePort()
  const wsPort = options.ws === true ? await freePort() : undefined
  const wssPort = options.tls ? await freePort() : undefined
  const ports = {
    tcpPort,
    ...(wsPort !== undefined && { wsPort }),
    ...(wssPort !== undefined && { wssPort }),
  }
  const directory = await writeMosquittoFiles(options, ports)
  const words = [...(options.isQuiet === true ? [] : ['-v']), '-c', `${directory}/mosquitto.conf`]
  let log = ''
  let child: ChildProcess | undefined

  const start = async () => {
    const started = spawn(binary, words)
    child = started
    const collect = (text: Buffer) => (log += text.toString())
    started.stdout.on('data', collect)
    started.stderr.on('data', collect)
    const deadline = Date.now() + START_TIMEOUT
    for (const port of Object.values(ports)) {
      while (!(await isListening(port))) {
        if (started.exitCode !== null || Date.now() > deadline) {
          throw new Error(`mosquitto did not start:\n${log}`)
        }
        await wait(10)
      }
    }
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    const running = child
    child = undefined
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
    const exited = once(running, 'exit')
    running.kill(signal)
    await exited
  }

  await start()
  return {
    ...ports,
    log: () => log,
    kill: () => end('SIGKILL'),
    halt: () => end('SIGTERM'),
    restart: async () => {
      await end('SIGTERM')
      await start()
    },
    stop: async () => {
      await end('SIGTERM')
      await rm(directory, { recursive: true, force: true })
    },
  }
}
