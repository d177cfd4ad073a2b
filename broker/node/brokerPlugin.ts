import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Connect, Logger, Plugin, PreviewServer, ViteDevServer } from 'vite'
import { Broker, type BrokerOptions } from '../broker.ts'
import { mountBroker, type MountOptions } from './mount.ts'

/**
 * The Vite plugin that gives `vite` and `vite preview` an embedded broker at `/mqtt` of the base path,
 * and tells the page of it in `config.json`. It has no part in a build.
 */
export function brokerPlugin(options: BrokerOptions & MountOptions = {}): Plugin {
  const install = (server: ViteDevServer | PreviewServer) => {
    // In middleware mode Vite has no server of its own, and HTTP/2 has no upgrades.
    const httpServer = server.httpServer as Server | null
    if (httpServer === null) return
    const base = server.config.base.startsWith('/') ? server.config.base : '/'
    const path = `${base}mqtt`
    const broker = new Broker(options)
    const unmount = mountBroker(httpServer, broker, path, options)
    httpServer.once('close', () => {
      unmount()
      broker.close()
    })
    announce(httpServer, path, server.config.logger)
    server.middlewares.use(configJson(`${base}config.json`, path))
  }
  return {
    name: 'mqtab-embedded-broker',
    configureServer: install,
    configurePreviewServer: install,
  }
}

/** Answers the page's runtime configuration, in place of the file that a deployed site has. */
function configJson(url: string, path: string): Connect.NextHandleFunction {
  const body = JSON.stringify({ defaultBroker: path, embeddedBroker: true })
  return (request: IncomingMessage, response: ServerResponse, next) => {
    if (request.url?.split('?', 1)[0] !== url) {
      next()
      return
    }
    response.setHeader('Content-Type', 'application/json')
    response.setHeader('Cache-Control', 'no-store')
    response.end(body)
  }
}

function announce(server: Server, path: string, logger: Logger): void {
  server.once('listening', () => {
    const address = server.address()
    if (address === null || typeof address === 'string') return
    logger.info(
      `Embedded MQTT broker, for learning and tests only: ws://localhost:${address.port}${path}`,
    )
  })
}
