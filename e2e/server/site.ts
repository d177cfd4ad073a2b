import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { headers } from '../../deploy/headers.mjs'
import { sendFile } from './staticFiles.ts'

/** The production build that is under test. */
export const DIST = path.resolve(import.meta.dirname, '../../dist')

export type SiteOptions = {
  /** Path of the site, with a slash at both ends. */
  base?: string
  /** What `config.json` says. */
  config?: object
  /** Headers instead of those of a deployed site. */
  headers?: Record<string, string>
  /** The folder of the build. */
  root?: string
}

/** The built page on a server of its own on 127.0.0.1, with the headers of a deployed site. */
export type Site = {
  url: string
  origin: string
  base: string
  port: number
  server: Server
  /** Serves another build from now on. */
  deploy(root: string): void
  /** Answers 404 for the files whose names match. */
  withhold(name: RegExp): void
  close(): Promise<void>
}

export async function startSite(options: SiteOptions = {}): Promise<Site> {
  const { base = '/', config = {} } = options
  let root = options.root ?? DIST
  const withheld: RegExp[] = []

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries({ ...headers, ...options.headers }))
      response.setHeader(name, value)
    const pathname = decodeURIComponent(request.url?.split('?', 1)[0] ?? '/')
    const name = pathname.slice(base.length)
    if (!pathname.startsWith(base) || withheld.some((pattern) => pattern.test(name))) {
      response.writeHead(404).end()
    } else if (name === 'config.json') {
      const kind = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
      response.writeHead(200, kind).end(JSON.stringify(config))
    } else {
      sendFile(root, name, response)
    }
  }
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  return {
    url: `${origin}${base}`,
    origin,
    base,
    port,
    server,
    deploy: (next) => (root = next),
    withhold: (name) => void withheld.push(name),
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
