import type { ConnectionFailure } from '@/core/failure.ts'
import { decodePublishProperties } from '@/core/packet/properties.ts'
import type { MqttVersion } from '@/core/profile.ts'
import { encodeUtf8 } from '@/core/text.ts'
import { PacketTap } from '../packetTap.ts'
import { Session } from '../session.ts'
import { fakeSocketClass, type FakeSocket } from '../wire/testing/fakeSocket.ts'
import { hostileStream, type HostileStream } from '../wire/testing/hostileStream.ts'
import { openWire, type ReceivedPublish, type Wire } from '../wire/wire.ts'
import { ManualClock } from './manualClock.ts'
import { testProfile } from './samples.ts'

/** One session with a broker that a stream speaks for. */
export class HostileMeeting {
  readonly stream: HostileStream
  readonly seed: number
  readonly sockets: FakeSocket[] = []
  readonly ends: (ConnectionFailure | undefined)[] = []
  /** What was wrong with what the wire said. */
  readonly faults: string[] = []
  readonly session: Session
  /** Answers that have not come. */
  waiting = 0
  links = 0

  constructor(seed: number) {
    this.seed = seed
    this.stream = hostileStream(seed)
    const { version } = this.stream
    const properties = { userProperties: [], topicAliasMaximum: 2 }
    const profile = testProfile(1883, { version, properties, keepAlive: 60 })
    const clock = new ManualClock()
    const WebSocketClass = fakeSocketClass((socket) => this.sockets.push(socket))
    const tap = new PacketTap({ now: () => clock.now(), precise: () => 0 }, () => undefined)
    this.session = new Session(
      {
        clock,
        random: () => 0,
        isOnline: () => true,
        pageProtocol: 'http:',
        openWire: (options, listener) => {
          const heard: typeof listener = {
            ...listener,
            received: (publishes) => {
              if (this.ends.length > 0) this.faults.push('a message behind the end')
              listener.received(publishes)
            },
            ended: (failure) => {
              this.ends.push(failure)
              listener.ended(failure)
            },
          }
          return openWire(options, heard, WebSocketClass)
        },
      },
      {
        tap,
        profile: () => profile,
        linked: ({ wire }) => {
          this.#useAll(wire)
          return { origin: 'clean' }
        },
        received: (publishes, { wire }) => this.#receive(publishes, wire),
        released: (packetId, { wire }) => wire.acknowledge([{ kind: 'pubcomp', packetId }]),
        unlinked: () => undefined,
        settle: () => Promise.resolve(),
        changed: () => undefined,
      },
    )
    this.session.connect()
  }

  /** Whether it is over, or goes on as if nothing had happened. */
  get isSane(): boolean {
    const { phase } = this.session.state
    if (this.ends.length > 0) return phase === 'waiting' || phase === 'disconnected'
    return phase === 'connecting' || phase === 'connected'
  }

  /** Everything that a wire can do, so that answers to it are expected. */
  #useAll(wire: Wire): void {
    this.links += 1
    const request = { qos: 1, noLocal: false, retainAsPublished: false, retainHandling: 0 } as const
    this.#expect(wire.subscribe(['a', 'b'].map((filter) => ({ filter, request }))))
    this.#expect(wire.unsubscribe([{ filter: 'c' }]))
    for (const qos of [1, 2, 0] as const) {
      const payload = encodeUtf8('x')
      const sent = wire.publish({ topic: 't', payload, qos, retain: false })
      if ('outcome' in sent) this.#expect(sent.outcome)
    }
    wire.ping(() => undefined)
  }

  #expect(answer: Promise<unknown>): void {
    this.waiting += 1
    void answer.then(() => (this.waiting -= 1))
  }

  #receive(publishes: ReceivedPublish[], wire: Wire): void {
    for (const publish of publishes) {
      const fault = faultOf(publish, this.stream.version)
      if (fault !== undefined) this.faults.push(fault)
    }
    const toAnswer = publishes.filter(({ qos }) => qos > 0)
    wire.acknowledge(
      toAnswer.map(({ qos, packetId }) => ({ kind: qos === 1 ? 'puback' : 'pubrec', packetId })),
    )
  }
}

/** What is wrong with a message that a wire has passed on. */
function faultOf(publish: ReceivedPublish, version: MqttVersion): string | undefined {
  const { topic, qos, packetId, properties, payload } = publish
  if (topic === '' || /[+#\0]/.test(topic)) return `the topic ${JSON.stringify(topic)}`
  if (![0, 1, 2].includes(qos)) return `QoS ${qos}`
  if ((qos === 0) !== (packetId === 0)) return `the identifier ${packetId} with QoS ${qos}`
  if (version !== '5.0' && properties.length > 0) return 'properties before MQTT 5'
  // It throws where they are malformed.
  decodePublishProperties(properties)
  return payload instanceof Uint8Array ? undefined : 'a payload that is no bytes'
}
