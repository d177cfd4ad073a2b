/** Hosts as they stand in a ws:// URL (RFC 3986 §3.2.2, URL Standard §3.5). */

/** What is wrong with the text of a host. */
export type HostIssue =
  | { code: 'host-empty' }
  | { code: 'host-character'; character: string }
  /** Ends in a number, so a browser reads it as an IPv4 address, and it is none. */
  | { code: 'host-ipv4' }
  | { code: 'host-ipv6' }
  /** An empty label (`a..b`), or one or all of them too long (63 and 253 characters, RFC 1035). */
  | { code: 'host-name' }

/** What no host may contain. A colon is left out: it is what tells an IPv6 address. */
const FORBIDDEN = /[\s\p{Cc}#/<>?@\\^|%"`{}]/u

/** The issue of a host, or undefined when it is an IPv4 or IPv6 address or a name. */
export function hostIssue(text: string): HostIssue | undefined {
  if (text === '') return { code: 'host-empty' }
  const character = FORBIDDEN.exec(text)?.[0]
  if (character !== undefined) return { code: 'host-character', character }
  if (/[[\]:]/.test(text)) return isIpv6(unbracket(text)) ? undefined : { code: 'host-ipv6' }
  // A name may end with the dot of the root.
  const labels = text.replace(/\.$/, '').split('.')
  if (text.length > 254 || labels.some((label) => label === '' || label.length > 63)) {
    return { code: 'host-name' }
  }
  const last = labels.at(-1) ?? ''
  if (/^(\d+|0x[\da-f]*)$/i.test(last) && !isIpv4(text)) return { code: 'host-ipv4' }
  return undefined
}

/** A well-formed host as it goes into a URL: an IPv6 address in brackets, anything else unchanged. */
export function hostInUrl(host: string): string {
  return host.includes(':') ? `[${unbracket(host)}]` : host
}

/**
 * Whether a host is this machine by its very form: `localhost` and what is below it, 127.0.0.0/8 and
 * ::1. Only to those do browsers open ws:// from an https page (Secure Contexts §3.1).
 */
export function isLoopback(host: string): boolean {
  const name = unbracket(host).toLowerCase().replace(/\.$/, '')
  if (name === 'localhost' || name.endsWith('.localhost')) return true
  if (isIpv4(name)) return name.startsWith('127.')
  return /^(0*:)+0*1$/.test(name) && isIpv6(name)
}

/** Which network a host is in by its very form: that of this machine alone, or that around it. */
export type NearNetwork = 'loopback' | 'local'

/** IPv4 addresses that are never public, as Chromium takes them (RFC 1918, 3927, 6598). */
const LOCAL_IPV4 = [
  /^10\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
]

/** Unique local (fc00::/7, RFC 4193) and link-local (fe80::/10, RFC 4291 §2.5.6) addresses. */
const LOCAL_IPV6 = /^f([cd][\da-f]{2}|e[89ab][\da-f]):/i

/**
 * The network that a host must be in, as browsers divide them for Local Network Access (§2.1), or
 * undefined where only its address would tell. `.local` is what multicast DNS answers (RFC 6762).
 */
export function nearNetwork(host: string): NearNetwork | undefined {
  if (isLoopback(host)) return 'loopback'
  const name = unbracket(host).toLowerCase().replace(/\.$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(name)?.[1]
  if (mapped !== undefined) return nearNetwork(mapped)
  const isLocal = isIpv4(name)
    ? LOCAL_IPV4.some((range) => range.test(name))
    : name.endsWith('.local') || (isIpv6(name) && LOCAL_IPV6.test(name))
  return isLocal ? 'local' : undefined
}

/** Four decimal numbers. The shorter, octal and hexadecimal forms of the URL Standard are refused. */
function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)
}

/** RFC 4291 §2.2, without a zone, which no URL can carry. */
function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const endsInIpv4 = last.includes('.') && text.endsWith(last)
  if (endsInIpv4 && !isIpv4(last)) return false
  const plain = endsInIpv4 ? groups.slice(0, -1) : groups
  if (!plain.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false
  const count = plain.length + (endsInIpv4 ? 2 : 0)
  return halves.length === 2 ? count < 8 : count === 8
}

function unbracket(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host
}
