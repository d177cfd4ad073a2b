import type { Scheme } from '../profile.ts'
import type { ProfileForm } from './profileForm.ts'

/** What a pasted address says of the form; the fields that it does not say are absent. */
export type Address = {
  fields: Pick<ProfileForm, 'host'> &
    Partial<Pick<ProfileForm, 'scheme' | 'port' | 'path' | 'username' | 'password'>>
  /** Whether it was an address of plain MQTT over TCP, which no browser speaks. */
  tcp: boolean
}

type KnownScheme = { scheme: Scheme; tcp: boolean }

/** What the schemes that people paste come to in a browser. */
const SCHEMES: Readonly<Record<string, KnownScheme>> = {
  ws: { scheme: 'ws', tcp: false },
  wss: { scheme: 'wss', tcp: false },
  http: { scheme: 'ws', tcp: false },
  https: { scheme: 'wss', tcp: false },
  mqtt: { scheme: 'ws', tcp: true },
  mqtts: { scheme: 'wss', tcp: true },
  tcp: { scheme: 'ws', tcp: true },
  ssl: { scheme: 'wss', tcp: true },
  tls: { scheme: 'wss', tcp: true },
}

/** The ports of MQTT over TCP, and of TLS over it. */
export const TCP_PORTS: readonly string[] = ['1883', '8883']

/** Ports that come in pairs: without and with TLS. */
const PAIRS: readonly Record<Scheme, string>[] = [
  { ws: '8083', wss: '8084' },
  { ws: '80', wss: '443' },
]

/** What EMQX and most others listen at. */
const USUAL_PORT: Readonly<Record<Scheme, string>> = { ws: '8083', wss: '8084' }
const USUAL_PATH = '/mqtt'

const ADDRESS =
  /^(?:(?<scheme>[a-z][\w+.-]*):\/\/)?(?:(?<user>[^/?#@]*)@)?(?<host>\[[^\]]*\]|[^:/?#[\]]*)(?::(?<port>\d*))?(?<rest>[/?#].*)?$/is

/**
 * Takes apart an address that was put into the field for the host: a URL, `host:port`, `host/path`.
 * Undefined when the text is nothing but a host (also an IPv6 address without brackets), or no address.
 *
 * A ws or http URL says everything: no port in it means that of its scheme, no path means none. An
 * address for TCP has no path, and its port is one for TCP unless it is unusual: both are replaced by
 * what is usual for WebSocket.
 */
export function parseAddress(text: string): Address | undefined {
  const parts = ADDRESS.exec(text.trim())?.groups
  if (!parts) return undefined
  const { scheme: prefix, user, host = '', port, rest } = parts
  if (host === '') return undefined
  const known = prefix === undefined ? undefined : SCHEMES[prefix.toLowerCase()]
  if (prefix !== undefined && !known) return undefined
  if (!known && user === undefined && port === undefined && rest === undefined) return undefined
  return {
    fields: {
      host,
      ...(known ? { scheme: known.scheme } : {}),
      ...portOf(port === '' ? undefined : port, known),
      ...pathOf(rest, known),
      ...credentials(user),
    },
    tcp: known?.tcp ?? false,
  }
}

/** The port after a change of the protocol: a usual one moves to its partner, any other stays. */
export function portFor(scheme: Scheme, port: string): string {
  const other = scheme === 'ws' ? 'wss' : 'ws'
  return PAIRS.find((pair) => pair[other] === port.trim())?.[scheme] ?? port
}

/** Whether a port is usually that of the other protocol. */
export function belongsToOther(scheme: Scheme, port: string): boolean {
  return portFor(scheme, port) !== port
}

function portOf(port: string | undefined, known?: KnownScheme): { port?: string } {
  if (!known) return port === undefined ? {} : { port }
  const { scheme, tcp } = known
  if (tcp)
    return { port: port !== undefined && !TCP_PORTS.includes(port) ? port : USUAL_PORT[scheme] }
  return { port: port ?? (scheme === 'ws' ? '80' : '443') }
}

function pathOf(rest: string | undefined, known?: KnownScheme): { path?: string } {
  if (known?.tcp && (rest === undefined || rest === '/')) return { path: USUAL_PATH }
  if (rest === undefined) return known ? { path: '' } : {}
  return { path: rest.startsWith('/') ? rest : `/${rest}` }
}

function credentials(user: string | undefined): { username?: string; password?: string } {
  if (user === undefined) return {}
  const colon = user.indexOf(':')
  if (colon === -1) return { username: decoded(user) }
  return { username: decoded(user.slice(0, colon)), password: decoded(user.slice(colon + 1)) }
}

/** Percent-decoded, or as it is where that fails: then it was never encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
