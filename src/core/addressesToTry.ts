import type { ConnectionFailure } from './failure.ts'
import { httpAnswerKind, type HttpAnswer, type HttpAnswerKind } from './httpAnswer.ts'
import { namedServers } from './namedServers.ts'
import { TCP_PORTS } from './profileForm/address.ts'
import type { BrokerAddress, Scheme } from './profile.ts'

/** Paths under which brokers take WebSockets, the usual one first. */
const PATHS = ['/mqtt', '/ws', '/'] as const

/** Ports where brokers listen for WebSockets: EMQX and most others, then mosquitto or a web server. */
const PORTS: Readonly<Record<Scheme, readonly number[]>> = { ws: [8083, 9001], wss: [8084, 443] }

/** The TLS port that goes with a plain one. */
const SECURE_PORTS: ReadonlyMap<number, number> = new Map([
  [80, 443],
  [8080, 443],
  [8083, 8084],
])

/** Answers of a server that knows the path. */
const RIGHT_PATH: ReadonlySet<HttpAnswerKind> = new Set(['forbidden', 'upgrade', 'gateway'])

/**
 * Other addresses of the same host that are worth a try after a failure, likeliest first. Empty where a
 * wrong address is not what the failure looks like.
 */
export function addressesToTry(
  failure: ConnectionFailure,
  { scheme, host, port, path }: BrokerAddress,
): BrokerAddress[] {
  const isTcp = TCP_PORTS.includes(String(port))
  switch (failure.code) {
    case 'mixed-content':
      return [{ scheme: 'wss', host, port: SECURE_PORTS.get(port) ?? port, path }]
    case 'unreachable':
    case 'open-timeout':
      if (isTcp) return PORTS[scheme].map((other) => ({ scheme, host, port: other, path }))
      // Whoever is silent has no other path either; whoever refuses may.
      return failure.code === 'unreachable' && mayLieElsewhere(failure.http) ? otherPaths() : []
    case 'closed-before-connack':
    case 'connack-timeout':
    case 'no-subprotocol':
      return otherPaths()
    case 'blocked-port':
      return PORTS[scheme].map((other) => ({ scheme, host, port: other, path }))
    case 'refused':
    case 'server-disconnect':
      return namedServers(failure.serverReference, { scheme, host, port, path })
    case 'bad-url':
    case 'blocked-by-policy':
    case 'connection-lost':
    case 'closed-after-connack':
    case 'keep-alive-timeout':
    case 'protocol-error':
    case 'auth-exchange':
    case 'auth-insecure':
    case 'auth-message':
    case 'auth-unproven':
    case 'dropped':
    case 'unexpected':
      return []
  }

  function otherPaths(): BrokerAddress[] {
    return PATHS.filter((other) => other !== (path || '/')).map((other) => {
      return { scheme, host, port, path: other }
    })
  }
}

/** Not where a proxy has the right path and no broker behind it, or lets nobody in. */
function mayLieElsewhere(http: HttpAnswer | undefined): boolean {
  return http === undefined || !RIGHT_PATH.has(httpAnswerKind(http))
}
