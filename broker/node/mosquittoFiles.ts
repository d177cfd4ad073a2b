import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'

/** Where Debian and Homebrew put the plugins of mosquitto. */
const LIBRARIES = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/local/lib',
  '/opt/homebrew/lib',
]

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
  /**
   * A filter for topics that anybody may publish and subscribe to, and nothing else. Mosquitto's plugin for
   * dynamic security sees to it, which also refuses a SUBSCRIBE; an acl_file only lets nothing through.
   */
  open?: string
  /** Paths of the PEM files of a certificate: also open a WebSocket listener with TLS. */
  tls?: { key: string; certificate: string }
  /** Further lines of mosquitto.conf, such as `max_queued_messages 0`. */
  config?: string[]
}

/** The ports of 127.0.0.1 to listen at. */
export type MosquittoPorts = {
  tcpPort: number
  wsPort?: number
  wssPort?: number
}

/**
 * Writes mosquitto.conf and the files it names to a new temporary directory, and gives its path.
 * When it is started as root, mosquitto reads and writes as a user of its own, so everybody may.
 */
export async function writeMosquittoFiles(
  options: MosquittoOptions,
  { tcpPort, wsPort, wssPort }: MosquittoPorts,
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
  if (wssPort !== undefined && options.tls) {
    const { key, certificate } = options.tls
    lines.push(`listener ${wssPort} 127.0.0.1`, 'protocol websockets')
    // Copies, since the user that mosquitto becomes may not get to where they are.
    lines.push(`keyfile ${await copyFor(directory, key)}`)
    lines.push(`certfile ${await copyFor(directory, certificate)}`)
  }
  if (options.open !== undefined) {
    const roles = await writeLines(join(directory, 'roles.json'), [rolesFor(options.open)])
    await chmod(roles, 0o666)
    lines.push(`plugin ${findDynamicSecurity()}`, `plugin_opt_config_file ${roles}`)
  }
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

/** The settings of dynamic security under which everybody may use this filter and no other topic. */
function rolesFor(filter: string): string {
  const acltypes = ['publishClientSend', 'subscribePattern']
  return JSON.stringify({
    defaultACLAccess: {
      publishClientSend: false,
      publishClientReceive: true,
      subscribe: false,
      unsubscribe: true,
    },
    clients: [],
    groups: [{ groupname: 'everybody', roles: [{ rolename: 'open' }], clients: [] }],
    anonymousGroup: 'everybody',
    roles: [
      {
        rolename: 'open',
        acls: acltypes.map((acltype) => ({ acltype, topic: filter, priority: 0, allow: true })),
      },
    ],
  })
}

function findDynamicSecurity(): string {
  const found = LIBRARIES.map((folder) => join(folder, 'mosquitto_dynamic_security.so')).find(
    (file) => existsSync(file),
  )
  if (found === undefined) throw new Error('mosquitto has no plugin for dynamic security here')
  return found
}

async function copyFor(directory: string, path: string): Promise<string> {
  const copy = join(directory, basename(path))
  await copyFile(path, copy)
  await chmod(copy, 0o644)
  return copy
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
