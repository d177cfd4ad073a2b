import { isBlockedPort } from '@/core/blockedPorts.ts'
import type { ConnectionFailure } from '@/core/failure.ts'
import { hostInUrl, hostIssue, isLoopback } from '@/core/host.ts'
import type { BrokerAddress, MqttVersion } from '@/core/profile.ts'

/** The URL that a WebSocket to this address is opened with. */
export function urlOf({ scheme, host, port, path }: BrokerAddress): string {
  return `${scheme}://${hostInUrl(host)}:${port}${path === '' ? '/' : path}`
}

/** The WebSocket subprotocol of a version (MQTT 5.0 §6.0; MQTT 3.1 clients ask for a name of its own). */
export function subprotocolOf(version: MqttVersion): string {
  return version === '3.1' ? 'mqttv3.1' : 'mqtt'
}

/**
 * Why a page of this protocol cannot even try the address, or undefined when it can. Browsers open ws://
 * from an https page to loopback alone; some also to private addresses, but not all of them.
 */
export function addressFailure(
  address: BrokerAddress,
  pageProtocol: 'http:' | 'https:',
): ConnectionFailure | undefined {
  const url = urlOf(address)
  // Browsers escape some of what no host may contain, and then look for a host of that name.
  const issue = hostIssue(address.host)
  if (issue) return { code: 'bad-url', url, detail: issue.code }
  if (!URL.canParse(url)) return { code: 'bad-url', url, detail: 'not a URL' }
  if (isBlockedPort(address.port)) return { code: 'blocked-port', url, port: address.port }
  if (pageProtocol === 'https:' && address.scheme === 'ws' && !isLoopback(address.host)) {
    return { code: 'mixed-content', url }
  }
  return undefined
}

/** What it means that the constructor of a WebSocket threw (WHATWG WebSockets §3.1). */
export function constructorFailure(url: string, error: unknown): ConnectionFailure {
  const name = error instanceof Error ? error.name : ''
  const detail = error instanceof Error ? error.message : String(error)
  if (name === 'SecurityError') return { code: 'mixed-content', url }
  if (name === 'SyntaxError') return { code: 'bad-url', url, detail }
  return { code: 'unexpected', detail }
}
