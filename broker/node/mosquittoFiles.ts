import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type MosquittoOptions = {
  /** Also open a WebSocket listener. Beware: it writes packets above 4 KB at about 40 KB/s. */
  ws?: boolean
  /** Log nothing of every packet, which costs mosquitto more than to pass it on. */
  isQuiet?: boolean
  /** Keep retained messages and sessions over `restart`. Default false. */
  persistence?: boolean
  /** Passwords by user name; anonymous clients are then refused. */
  users?: Record<string, string>
  /** The lines of an acl_file. */
  acl?: string[]
  /** Further lines of mosquitto.conf, such as `max_queued_messages 0`. */
  config?: string[]
}

/**
 * Writes mosquitto.conf and the files it names to a new temporary directory, and gives its path.
 * When it is started as root, mosquitto reads and writes as a user of its own, so everybody may.
 */
export async function writeMosquittoFiles(
  options: MosquittoOptions,
  tcpPort: number,
  wsPort: number | undefined,
): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mqtab-mosquitto-'))
  await chmod(directory, 0o755)
  const lines = [
    'per_listener_settings false',
    `allow_anonymous ${options.users === undefined}`,
    // Into a pipe, stdout would be written in large pieces and late.
    'log_dest stderr',
    `listener ${tcpPort} 127.0.0.1`,
  ]
  if (wsPort !== undefined) lines.push(`listener ${wsPort} 127.0.0.1`, 'protocol websockets')
  if (options.persistence === true) {
    const store = join(directory, 'store')
    await mkdir(store)
    await chmod(store, 0o777)
    // 1: written after every change, so that it survives a SIGKILL.
    lines.push('persistence true', `persistence_location ${store}/`)
    lines.push('autosave_on_changes true', 'autosave_interval 1')
  }
  if (options.users !== undefined) {
    lines.push(`password_file ${await writePasswords(directory, options.users)}`)
  }
  if (options.acl !== undefined) {
    lines.push(`acl_file ${await writeLines(join(directory, 'acl'), options.acl)}`)
  }
  await writeLines(join(directory, 'mosquitto.conf'), [...lines, ...(options.config ?? [])])
  return directory
}

async function writePasswords(directory: string, users: Record<string, string>): Promise<string> {
  const lines = Object.entries(users).map(([name, password]) => `${name}:${password}`)
  const path = await writeLines(join(directory, 'passwords'), lines)
  // -U replaces the plain passwords by their hashes, and keeps them readable for the owner alone.
  await promisify(execFile)('mosquitto_passwd', ['-U', path])
  await chmod(path, 0o644)
  return path
}

async function writeLines(path: string, lines: string[]): Promise<string> {
  await writeFile(path, lines.join('\n') + '\n')
  await chmod(path, 0o644)
  return path
}
