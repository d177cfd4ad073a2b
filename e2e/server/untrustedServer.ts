import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { connect, type AddressInfo, type Server, type Socket } from 'node:net'
import path from 'node:path'
import { createServer as createTlsServer } from 'node:tls'

const FOLDER = path.join(import.meta.dirname, 'untrusted')

export type UntrustedServer = { port: number; stop(): Promise<void> }

/**
 * The files of a certificate for localhost and 127.0.0.1 that no browser trusts. Its key lies here for
 * everybody to read, so it protects nothing and must never do so.
 */
export const UNTRUSTED = {
  key: path.join(FOLDER, 'key.pem'),
  certificate: path.join(FOLDER, 'certificate.pem'),
}

/** A server on 127.0.0.1 with TLS, whose certificate no browser trusts. */
export async function startUntrustedServer(): Promise<UntrustedServer> {
  return listen(createServer(await readIdentity()))
}

/** The same in front of a server that listens at a port of 127.0.0.1 without TLS. */
export async function startUntrustedFront(port: number): Promise<UntrustedServer> {
  const server = createTlsServer(await readIdentity(), (socket) => {
    const behind = connect(port, '127.0.0.1')
    socket.pipe(behind).pipe(socket)
    // Whoever goes first takes the other along.
    socket.on('error', () => behind.destroy())
    behind.on('error', () => socket.destroy())
  })
  return listen(server)
}

async function readIdentity() {
  const [key, cert] = await Promise.all([readFile(UNTRUSTED.key), readFile(UNTRUSTED.certificate)])
  return { key, cert }
}

async function listen(server: Server): Promise<UntrustedServer> {
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
