import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/**
 * What the proxy does with bytes: `pass` them on; `slow`: a few at a time; `stall`: keep every connection
 * open and move nothing (a half-open network); `refuse`: close new connections at once, leave the present
 * ones alone.
 */
type ProxyMode = 'pass' | 'slow' | 'stall' | 'refuse'

/** Both ways, about 20 kB/s: MQTT comes in pieces that end anywhere. */
const SLOW = { bytes: 97, milliseconds: 5 }

/** A TCP proxy on 127.0.0.1 that is as unreliable as a test wants it. */
export type FaultProxy = {
  port: number
  /** Connections that are open now. */
  connections(): number
  /** Takes effect at once. Bytes that were stalled go on when it is set to `pass` again. */
  setMode(mode: ProxyMode): void
  /** Lets so many bytes more through to each client, and breaks its connection then. */
  breakAfter(bytes: number): void
  /** Ends every connection the orderly way (FIN); new ones are treated by the mode. */
  cut(): void
  /** Breaks every connection (RST). */
  reset(): void
  close(): Promise<void>
}

type Pair = { client: Socket; server: Socket; drip?: ReturnType<typeof setInterval> }

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
    steer(pair, mode)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => pairs.size,
    setMode: (next) => {
      mode = next
      for (const pair of pairs) steer(pair, next)
    },
    breakAfter: (bytes) => {
      for (const pair of pairs) breakAfter(pair, bytes)
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

/** The end of one side ends the other. */
function joinSides(pair: Pair, onEnd: () => void): void {
  for (const [one, other] of [
    [pair.client, pair.server],
    [pair.server, pair.client],
  ] as const) {
    one.setNoDelay(true)
    one.on('error', () => other.destroy())
    one.on('close', () => {
      // Only after what is still to be written.
      other.destroySoon()
      clearInterval(pair.drip)
      onEnd()
    })
  }
}

/** Moves bytes as the mode says, with back-pressure where they pass. */
function steer(pair: Pair, mode: ProxyMode): void {
  if (mode === 'refuse') return
  const { client, server } = pair
  clearInterval(pair.drip)
  client.unpipe(server).pause()
  server.unpipe(client).pause()
  if (mode === 'slow') {
    pair.drip = setInterval(() => {
      move(client, server)
      move(server, client)
    }, SLOW.milliseconds)
  } else if (mode === 'pass') {
    client.pipe(server)
    server.pipe(client)
  }
}

/** Passes on what there is, up to a few bytes. */
function move(from: Socket, to: Socket): void {
  const piece = (from.read(SLOW.bytes) ?? from.read()) as Buffer | null
  if (piece) to.write(piece)
}

function breakAfter({ client, server }: Pair, bytes: number): void {
  let left = bytes
  server.unpipe(client)
  server.on('data', (data: Buffer) => {
    client.write(data.subarray(0, left))
    left -= data.length
    if (left > 0) return
    // Behind what is still to be written, and not the orderly way.
    client.end(() => client.resetAndDestroy())
    server.destroy()
  })
  server.resume()
}

function each(pairs: Set<Pair>, action: (socket: Socket) => void): void {
  for (const { client, server } of pairs) {
    action(client)
    action(server)
  }
}
