import { vi } from 'vitest'
import type { BrokerOptions } from '../../../broker/broker.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Mark, OutgoingMessage, QoS, Row } from '@/core/message.ts'
import type { Profile } from '@/core/profile.ts'
import type { LogTotals } from '@/core/totals.ts'
import { BrokerServer } from './brokerServer.ts'
import { emptyIndexedDb } from './logs.ts'
import { Rig } from './rig.ts'
import { testProfile } from './samples.ts'
import type { TestPage } from './testPage.ts'

type Packet = Parameters<NonNullable<BrokerOptions['onPacket']>>[0]

/** An engine with a page, a broker that it can connect to, and all packets between the two. */
export class Stage {
  readonly server: BrokerServer
  readonly #packets: Packet[]
  rig: Rig

  private constructor(server: BrokerServer, packets: Packet[], rig: Rig) {
    this.server = server
    this.#packets = packets
    this.rig = rig
  }

  static async start(): Promise<Stage> {
    emptyIndexedDb()
    const packets: Packet[] = []
    const server = await BrokerServer.start({ onPacket: (packet) => void packets.push(packet) })
    return new Stage(server, packets, await Rig.start())
  }

  async stop(): Promise<void> {
    vi.restoreAllMocks()
    this.rig.kill()
    await this.server.stop()
  }

  /** The engine dies, and another one starts on what it left. */
  async restart(): Promise<void> {
    this.rig.kill()
    this.rig = await Rig.start()
  }

  get page(): TestPage {
    return this.rig.page
  }

  /** A profile for this broker. */
  profile(differences: Partial<Profile> = {}): Profile {
    return testProfile(this.server.port, differences)
  }

  /** A profile for this broker that keeps its session there while it is away. */
  lasting(differences: Partial<Profile> = {}): Profile {
    const properties = { userProperties: [], sessionExpiryInterval: 300 }
    return this.profile({ cleanSession: false, properties, ...differences })
  }

  /** The packets of one kind that the broker got (`in`) or gave (`out`). */
  packets(direction: 'in' | 'out', cmd: string): Packet['packet'][] {
    return this.#packets
      .filter((each) => each.direction === direction && each.packet.cmd === cmd)
      .map(({ packet }) => packet)
  }

  /** Waits until the broker got or gave so many packets of a kind. */
  async seen(direction: 'in' | 'out', cmd: string, count: number): Promise<void> {
    await vi.waitFor(() => {
      const { length } = this.packets(direction, cmd)
      if (length !== count) throw new Error(`${length} ${cmd} instead of ${count}`)
    }, 8_000)
  }

  /** Waits until the broker has no client that is connected. */
  async left(): Promise<void> {
    await vi.waitFor(() => {
      if (this.server.broker.clients().some(({ connected }) => connected))
        throw new Error('There is')
    }, 8_000)
  }

  /** Publishes from the page, and gives the answer. */
  async publish(connection: ConnectionId, topic: string, text: string, qos: QoS = 0) {
    const request = this.page.nextRequest()
    const payload = new TextEncoder().encode(text)
    const message: OutgoingMessage = { topic, payload, qos, retain: false }
    this.page.send({ type: 'publish', connection, request, message })
    return (await this.page.event('published', (event) => event.request === request)).result
  }

  /** Waits until the totals of the first connection in an event are so. */
  async totals(passes: (totals: LogTotals) => boolean): Promise<[ConnectionId, LogTotals]> {
    const isSo = ([first]: [ConnectionId, LogTotals][]) => first !== undefined && passes(first[1])
    const { totals } = await this.page.event('totalsChanged', (event) => isSo(event.totals))
    const [first] = totals
    if (!first) throw new Error('The totals are of nobody')
    return first
  }
}

export function marksOf(rows: readonly Row[]): Mark[] {
  return rows.flatMap((row) => (row.kind === 'mark' ? [row.mark] : []))
}

/** Numbers from 0 on, as text. */
export function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, n) => String(n))
}
