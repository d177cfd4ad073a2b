import { once } from 'node:events'
import type { AddressInfo, Server } from 'node:net'
import { afterEach } from 'vitest'
import type { Profile } from '@/core/profile.ts'
import { startFaultProxy, type FaultProxy } from '../../../../broker/node/faultProxy.ts'
import { startScriptedServer, type Peer, type Script } from './scriptedServer.ts'
import { profileFor, until, WireProbe } from './wireProbe.ts'

/** Starts servers for one test and stops them after it, wherever it fails. */
export class CleanRoom {
  readonly #cleanups: (() => Promise<void>)[] = []

  constructor() {
    afterEach(async () => {
      for (const cleanup of this.#cleanups.splice(0).reverse()) await cleanup()
    })
  }

  after(cleanup: () => Promise<void>): void {
    this.#cleanups.push(cleanup)
  }

  async serve(script: Script) {
    const server = await startScriptedServer(script)
    this.after(() => server.stop())
    return server
  }

  async proxy(port: number): Promise<FaultProxy> {
    const proxy = await startFaultProxy(port)
    this.after(() => proxy.close())
    return proxy
  }

  /** Gives the port. */
  async listen(server: Server): Promise<number> {
    server.on('connection', (socket) => socket.on('error', () => undefined).resume())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    this.after(async () => {
      server.close()
      await once(server, 'close')
    })
    return (server.address() as AddressInfo).port
  }

  /** A wire to a scripted server that has got its CONNECT. */
  async meet(script: Script, changes: Partial<Profile> = {}, options = {}) {
    const server = await this.serve(script)
    const probe = new WireProbe(profileFor(server.port, changes), options)
    await until(() => server.peers[0]?.received[0] !== undefined)
    return { probe, peer: server.peers[0] as Peer }
  }

  /** A wire that the scripted server has accepted. */
  async join(script: Script, changes: Partial<Profile> = {}, options = {}) {
    const met = await this.meet(script, changes, options)
    await met.probe.untilConnected()
    return met
  }
}
