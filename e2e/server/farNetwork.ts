import { bridge } from '../../broker/node/bridge.ts'
import { startFaultProxy, type FaultProxy } from '../../broker/node/faultProxy.ts'
import type { Site } from './site.ts'

/** A second path of the site to its broker, over a network that a test can cut. */
export type FarNetwork = FaultProxy & {
  /** Of its WebSockets. */
  path: string
}

export async function startFarNetwork(site: Site, tcpPort: number): Promise<FarNetwork> {
  const proxy = await startFaultProxy(tcpPort)
  const path = `${site.base}far`
  const takeAway = bridge(site.server, path, proxy.port)
  return {
    ...proxy,
    path,
    close: async () => {
      takeAway()
      await proxy.close()
    },
  }
}
