import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

const FOLDER = path.join(import.meta.dirname, 'untrusted')

/**
 * A server on 127.0.0.1 with TLS, whose certificate no browser trusts. Its key lies here for everybody to
 * read, so it protects nothing and must never do so.
 */
export async function startUntrustedServer(): Promise<{ port: number; stop(): Promise<void> }> {
  const [key, cert] = await Promise.all(
    ['key.pem', 'certificate.pem'].map((name) => readFile(path.join(FOLDER, name))),
  )
  const server = createServer({ key, cert }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
