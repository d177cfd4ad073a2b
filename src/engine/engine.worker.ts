/**
 * The worker's entry: one script for a SharedWorker, which all tabs join, and for a dedicated worker
 * where SharedWorker is missing.
 */
import type { Bytes } from '@/core/units.ts'
import { ChannelPlace } from './channelPlace.ts'
import { systemClock } from './clock.ts'
import { EngineHost } from './engineHost.ts'
import { LockPlace, type Locks } from './lockPlace.ts'
import type { PagePort } from './pages.ts'
import type { Command } from './protocol.ts'
import { createSleep } from './sleep.ts'
import { CHANNEL } from './succession.ts'
import { openWire } from './wire/wire.ts'

type Scope = DedicatedWorkerGlobalScope | SharedWorkerGlobalScope
type Receiver = PagePort & {
  addEventListener(type: 'message', listener: (event: MessageEvent<Command>) => void): void
}

const scope = self as unknown as Scope
const channel = new BroadcastChannel(CHANNEL)
// Missing on plain http, where `crypto.randomUUID` is missing as well.
const { locks } = navigator as { locks?: Locks }
const name = crypto.getRandomValues(new Uint32Array(4)).join('-')

async function quota(): Promise<Bytes | undefined> {
  // Missing on plain http.
  const { storage } = navigator as { storage?: StorageManager }
  try {
    return (await storage?.estimate())?.quota
  } catch {
    return undefined
  }
}

const host = new EngineHost({
  clock: systemClock,
  random: () => Math.random(),
  isOnline: () => navigator.onLine,
  // A worker has the protocol of its pages, since both are of one origin.
  pageProtocol: location.protocol === 'https:' ? 'https:' : 'http:',
  openWire: (options, listener) => openWire(options, listener),
  sleep: createSleep(),
  quota,
  channel,
  openPlace: (onLost) =>
    locks ? new LockPlace(locks, onLost) : new ChannelPlace({ clock: systemClock, channel, name }),
  isShared: 'onconnect' in scope,
  close: () => scope.close(),
})

function join(port: Receiver): void {
  port.addEventListener('message', ({ data }) => host.receive(port, data))
}

scope.addEventListener('error', (event) => host.reportUncaught((event as ErrorEvent).error))
scope.addEventListener('unhandledrejection', (event) => {
  host.reportUncaught((event as PromiseRejectionEvent).reason)
})
scope.addEventListener('online', () => host.online())

// A port that comes before the handler is set would be lost, so nothing is awaited before this.
if ('onconnect' in scope) {
  scope.onconnect = ({ ports: [port] }) => {
    if (!port) return
    join(port)
    port.start()
  }
} else {
  join(scope)
}

void host.start()
