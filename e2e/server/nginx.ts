import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort, isListening } from '../../broker/node/freePort.ts'
import type { Seconds } from '../../src/core/units.ts'
import { DIST } from './site.ts'

const DEPLOY = path.resolve(import.meta.dirname, '../../deploy')
const START_TIMEOUT = 10_000

/** As in the Dockerfile. */
const CONTAINER_USER = 101

/** A deployed site: the system's nginx with the configuration of the container. */
export type Nginx = {
  origin: string
  stop(): Promise<void>
}

/** What the tests change of the configuration itself. */
export type NginxOptions = {
  /** For so long nothing may pass between a client and the broker. Default: as deployed. */
  idleTimeout?: Seconds
}

/**
 * Lays out a copy of the build as the container does, and starts nginx on it. `environment` is what a
 * container would be given; the port and the places are set here.
 */
export async function startNginx(
  environment: Record<string, string>,
  { idleTimeout }: NginxOptions = {},
): Promise<Nginx> {
  const folder = await mkdtemp(path.join(tmpdir(), 'mqtab-nginx-'))
  await chmod(folder, 0o755)
  await cp(DIST, path.join(folder, 'site'), { recursive: true })
  await cp(path.join(DEPLOY, 'nginx'), path.join(folder, 'nginx'), { recursive: true })
  if (idleTimeout !== undefined) {
    const entrypoint = path.join(folder, 'nginx/entrypoint.sh')
    const text = await readFile(entrypoint, 'utf8')
    await writeFile(entrypoint, text.replaceAll('_timeout 3600s', `_timeout ${idleTimeout}s`))
  }
  const securityConf = path.join(folder, 'nginx/security.conf')
  const words = [path.join(DEPLOY, 'prepare.mjs'), path.join(folder, 'site'), securityConf]
  await promisify(execFile)(process.execPath, words)

  const run = path.join(folder, 'run')
  await mkdir(run)
  // As in the container, nginx is not root, and may write to one folder only.
  const isRoot = process.getuid?.() === 0
  if (isRoot) await chown(run, CONTAINER_USER, CONTAINER_USER)
  const port = await freePort()
  const child = spawn('sh', [path.join(folder, 'nginx/entrypoint.sh')], {
    env: {
      PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin:/opt/homebrew/bin`,
      MQTAB_PORT: String(port),
      MQTAB_RUN: run,
      ...environment,
    },
    ...(isRoot && { uid: CONTAINER_USER, gid: CONTAINER_USER }),
  })
  let log = ''
  const collect = (text: Buffer) => (log += text.toString())
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  const deadline = Date.now() + START_TIMEOUT
  while (!(await isListening(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
      throw new Error(`nginx did not start:\n${log}`)
    }
    await wait(10)
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}
