import { hostIssue } from './host.ts'
import type { BrokerAddress } from './profile.ts'

/**
 * The servers of a Server Reference: one or more of `host` or `host:port`, with spaces between them, an
 * IPv6 address in brackets (MQTT 5.0 §4.11). What is missing is as in the address that named them; a port
 * of MQTT over TCP cannot be meant for us, but nothing better is known. What is no address is left out.
 */
export function namedServers(reference: string | undefined, from: BrokerAddress): BrokerAddress[] {
  const names = (reference ?? '').split(/\s+/).filter((name) => name !== '')
  return names.flatMap((name) => {
    const parts = /^(\[[^\]]+\]|[^:[\]]+)(?::(\d{1,5}))?$/.exec(name)
    const host = parts?.[1]?.replace(/^\[|\]$/g, '')
    const port = parts?.[2] === undefined ? from.port : Number(parts[2])
    if (host === undefined || hostIssue(host) || port < 1 || port > 65_535) return []
    return [{ ...from, host, port }]
  })
}
