import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Only this machine may use the broker, and only pages that came from the same server. Gives 403 for
 * any other request: from a remote address, with a foreign `Origin`, or to a host name that is not
 * this machine's own (a page of a foreign name that resolves to 127.0.0.1 passes the Origin check).
 * Programs send no `Origin` and are let in. `hostNames` adds names that are allowed.
 */
export function refuseForeigners(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  hostNames: readonly string[] = [],
): 403 | undefined {
  const host = request.headers.host?.toLowerCase()
  const origin = request.headers.origin
  const isOwn =
    isLoopback(request.socket.remoteAddress) &&
    isOwnName(host, hostNames) &&
    (origin === undefined || hostOf(origin) === host)
  return isOwn ? undefined : 403
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address)
}

function isOwnName(host: string | undefined, hostNames: readonly string[]): boolean {
  const name = host?.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1') ?? ''
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    isIP(name) > 0 ||
    hostNames.includes(name)
  )
}

/** The `Origin` of a sandboxed page is the word `null`, which is no URL. */
function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host
  } catch {
    return undefined
  }
}
