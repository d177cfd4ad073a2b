import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * What the proxy does with bytes: `pass` them on; `stall`: keep every connection open and move nothing
 * (a half-open network); `refuse`: close new connections at once, leave the present ones alone.
 */
type ProxyMode = 'pass' | 'stall' | 'refuse'

/** A TCP proxy on 127.0.0.1 that is as unreliable as a test wants it. */
export type FaultProxy = {
  port: number
  /** Connections that are open now. */
  connections(): number
  /** Takes effect at once. Bytes that were stalled go on when it is set to `pass` again. */
  setMode(mode: ProxyMode): void
  /** Ends every connection the orderly way (FIN); new ones are treated by the mode. */
  cut(): void
  /** Breaks every connection (RST). */
  reset(): void
  close(): Promise<void>
}

type Pair = { client: Socket; server: Socket }

/** Starts a proxy in front of a port of 127.0.0.1, in the mode `pass`. */
export async function startFaultProxy(targetPort: number): Promise<FaultProxy> {
  const pairs = new Set<Pair>()
  let mode: ProxyMode = 'pass'
  const server: Server = createServer((client) => {
    if (mode === 'refuse') {
      client.destroy()
      return
    }
    const pair: Pair = { client, server: connect(targetPort, '127.0.0.1') }
    pairs.add(pair)
    joinSides(pair, () => pairs.delete(pair))
    if (mode === 'stall') stall(pair)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => pairs.size,
    setMode: (next) => {
      mode = next
      for (const pair of pairs) {
        if (next === 'stall') stall(pair)
        if (next === 'pass') flow(pair)
      }
    },
    cut: () => each(pairs, (socket) => socket.end()),
    reset: () => each(pairs, (socket) => socket.resetAndDestroy()),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      each(pairs, (socket) => socket.destroy())
      await closed
    },
  }
}

/** Moves bytes both ways with back-pressure; the end of one side ends the other. */
function joinSides(pair: Pair, onEnd: () => void): void {
  flow(pair)
  for (const [one, other] of [
    [pair.client, pair.server],
    [pair.server, pair.client],
  ] as const) {
    one.setNoDelay(true)
    one.on('error', () => other.destroy())
    one.on('close', () => {
      // Only after what is still to be written.
      other.destroySoon()
      onEnd()
    })
  }
}

function flow({ client, server }: Pair): void {
  client.pipe(server)
  server.pipe(client)
}

function stall({ client, server }: Pair): void {
  client.unpipe(server)
  server.unpipe(client)
  client.pause()
  server.pause()
}

function each(pairs: Set<Pair>, action: (socket: Socket) => void): void {
  for (const { client, server } of pairs) {
    action(client)
    action(server)
  }
}
