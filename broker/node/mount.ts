import type { Server } from 'node:http'
import type { Bytes } from '../../src/core/units.ts'
import type { Broker } from '../broker.ts'
import { refuseForeigners } from './sameMachine.ts'
import { acceptUpgrades } from './upgrade.ts'
import { attachWebSocket } from './webSocketTransport.ts'

export type MountOptions = {
  /** Of one WebSocket message; default 16 MiB. The broker has its own limit for packets. */
  maximumMessage?: Bytes
  /** Host names beside `localhost` and IP addresses under which the page is served. */
  hostNames?: readonly string[]
}

/**
 * Lets WebSockets at `path` of the server talk MQTT with the broker: from this machine only, and for
 * pages of the same origin only. The function it returns takes the broker off the server again.
 */
export function mountBroker(
  server: Server,
  broker: Broker,
  path = '/mqtt',
  options: MountOptions = {},
): () => void {
  return acceptUpgrades(server, {
    path,
    maximumMessage: options.maximumMessage ?? 16 * 1024 * 1024,
    refuse: (request) => refuseForeigners(request, options.hostNames),
    accept: (socket) => attachWebSocket(broker, socket),
  })
}
