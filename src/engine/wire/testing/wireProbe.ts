import { vi } from 'vitest'
import { WebSocket } from 'ws'
import { encodeUtf8 } from '@/core/text.ts'
import { newProfile, type BrokerAddress, type Profile } from '@/core/profile.ts'
import type { ConnectionFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { OutgoingMessage, PublishOutcome, QoS } from '@/core/message.ts'
import type { ServerLimits } from '@/core/session.ts'
import type { Milliseconds } from '@/core/units.ts'
import type { SubscriptionRequest } from '@/storage/schema.ts'
import type { WebSocketConstructor } from '../socket.ts'
import { openWire, type ReceivedPublish, type Wire, type WireOptions } from '../wire.ts'

let clients = 0

/** A profile for a server on this machine, with a client id of its own and no keep alive. */
export function profileFor(port: number, changes: Partial<Profile> = {}): Profile {
  const broker: BrokerAddress = { scheme: 'ws', host: '127.0.0.1', port, path: '/mqtt' }
  clients += 1
  const profile = newProfile('0' as ConnectionId, `probe-${clients}`, broker, 0)
  return { ...profile, keepAlive: 0, connectTimeout: 5, ...changes }
}

/** A wire and everything that it told its listener. */
export class WireProbe {
  readonly wire: Wire
  readonly connects: { sessionPresent: boolean; limits: ServerLimits }[] = []
  /** One entry for each call of `received`. */
  readonly batches: ReceivedPublish[][] = []
  readonly released: number[] = []
  readonly pings: Milliseconds[] = []
  readonly ends: (ConnectionFailure | undefined)[] = []
  /** Every call of the listener by name, in order. */
  readonly calls: string[] = []

  /** `acknowledging`: answers PUBLISH and PUBREL at once, as if they were stored. */
  constructor(
    profile: Profile,
    options: Partial<WireOptions> & { acknowledging?: boolean } = {},
    WebSocketClass = WebSocket as unknown as WebSocketConstructor,
  ) {
    const { acknowledging = true, ...rest } = options
    this.wire = openWire(
      { profile, clientId: profile.clientId, pageProtocol: 'http:', ...rest },
      {
        connected: (info) => {
          this.calls.push('connected')
          this.connects.push(info)
        },
        received: (publishes) => {
          this.calls.push('received')
          this.batches.push(publishes)
          if (acknowledging) this.#acknowledge(publishes)
        },
        released: (packetId) => {
          this.calls.push('released')
          this.released.push(packetId)
          if (acknowledging) this.wire.acknowledge([{ kind: 'pubcomp', packetId }])
        },
        pinged: (roundTrip) => this.pings.push(roundTrip),
        ended: (failure) => {
          this.calls.push('ended')
          this.ends.push(failure)
        },
      },
      WebSocketClass,
    )
  }

  /** Everything that was received, as `topic payload`. */
  get texts(): string[] {
    const decoder = new TextDecoder()
    return this.batches.flat().map(({ topic, payload }) => `${topic} ${decoder.decode(payload)}`)
  }

  async untilConnected(): Promise<this> {
    await until(() => this.connects.length > 0 || this.ends.length > 0)
    if (this.connects.length === 0) throw new Error(`ended: ${JSON.stringify(this.ends)}`)
    return this
  }

  /** Waits for the end and gives its failure. */
  async untilEnded(timeout?: Milliseconds): Promise<ConnectionFailure | undefined> {
    await until(() => this.ends.length > 0, timeout)
    return this.ends[0]
  }

  async untilReceived(count: number): Promise<void> {
    await until(() => this.texts.length >= count)
  }

  #acknowledge(publishes: ReceivedPublish[]): void {
    this.wire.acknowledge(
      publishes
        .filter(({ qos }) => qos > 0)
        .map(({ qos, packetId }) => ({ kind: qos === 1 ? 'puback' : 'pubrec', packetId })),
    )
  }
}

/** A connected wire. */
export function connected(
  profile: Profile,
  options?: Partial<WireOptions> & { acknowledging?: boolean },
): Promise<WireProbe> {
  return new WireProbe(profile, options).untilConnected()
}

export function until(condition: () => boolean, timeout: Milliseconds = 25_000): Promise<void> {
  return vi.waitFor(
    () => {
      if (!condition()) throw new Error('It did not happen')
    },
    { timeout, interval: 5 },
  )
}

export function request(qos: QoS, changes: Partial<SubscriptionRequest> = {}): SubscriptionRequest {
  return { qos, noLocal: false, retainAsPublished: false, retainHandling: 0, ...changes }
}

export function message(
  topic: string,
  payload: string,
  qos: QoS = 0,
  retain = false,
): OutgoingMessage {
  return { topic, payload: encodeUtf8(payload), qos, retain }
}

/** The outcome of a publish that left. */
export async function outcomeOf(result: ReturnType<Wire['publish']>): Promise<PublishOutcome> {
  if ('failure' in result) throw new Error(`not sent: ${JSON.stringify(result.failure)}`)
  return result.outcome
}
