import mqtt, { type IClientOptions, type IClientPublishOptions, type MqttClient } from 'mqtt'
import { parser, type IConnackPacket, type IPublishPacket, type Packet } from 'mqtt-packet'
import { WebSocket } from 'ws'
import type { ProtocolLevel } from '../protocolLevel.ts'

/** Long enough for a loaded machine; a check that waits for it has failed. */
const PATIENCE = 30_000

/** How the topics of fences end; see `Place.fence`. */
export const FENCE = '/fence'

type SubscribeOptions = {
  qos?: 0 | 1 | 2
  nl?: boolean
  rap?: boolean
  rh?: 0 | 1 | 2
  id?: number
}

/** MQTT.js over a real WebSocket, with an ear on the wire: `packets` is what the broker really sent. */
export class TestClient {
  readonly packets: Packet[] = []
  /** The messages that came, without those of fences. */
  readonly messages: IPublishPacket[] = []
  readonly mqtt: MqttClient
  /** When the WebSocket closed, milliseconds of `performance.now()`. */
  closedAt: number | undefined
  readonly #watchers = new Set<() => void>()
  #socket: WebSocket | undefined

  constructor(url: string, level: ProtocolLevel, options: Partial<IClientOptions> = {}) {
    this.mqtt = mqtt.connect(url, {
      protocolVersion: level,
      ...(level === 3 && { protocolId: 'MQIsdp' as const }),
      reconnectPeriod: 0,
      keepalive: 0,
      ...options,
      createWebsocket: (address, protocols) => this.#open(address, protocols, level),
    })
    // Every failure shows in the packets or in their absence.
    this.mqtt.on('error', () => undefined)
  }

  /** Connects and gives the CONNACK's sender; rejects when the broker closes without one. */
  async connack(): Promise<IConnackPacket> {
    await this.until('a CONNACK', () => this.all('connack').length > 0)
    return this.all('connack')[0] as IConnackPacket
  }

  /** Every packet of one kind, in order. */
  all<Kind extends Packet['cmd']>(cmd: Kind): Extract<Packet, { cmd: Kind }>[] {
    return this.packets.filter(
      (packet): packet is Extract<Packet, { cmd: Kind }> => packet.cmd === cmd,
    )
  }

  get payloads(): string[] {
    return this.messages.map(({ payload }) => payload.toString())
  }

  /** Resolves as soon as the condition holds, which is asked after every packet and at the end. */
  until(what: string, condition: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        if (!condition()) return
        finish()
        resolve()
      }
      const timer = setTimeout(() => {
        finish()
        const seen = this.packets.map(({ cmd }) => cmd).join(', ')
        reject(new Error(`Waited in vain for ${what}; came: ${seen || 'nothing'}`))
      }, PATIENCE)
      const finish = () => {
        clearTimeout(timer)
        this.#watchers.delete(check)
      }
      this.#watchers.add(check)
      check()
    })
  }

  async untilClosed(): Promise<number> {
    await this.until('the end of the connection', () => this.closedAt !== undefined)
    return this.closedAt ?? 0
  }

  untilMessages(count: number): Promise<void> {
    return this.until(`${count} messages`, () => this.messages.length >= count)
  }

  /** Subscribes and gives the codes of the SUBACK. */
  async subscribe(filter: string, options: SubscribeOptions = {}): Promise<number[]> {
    const { id, qos = 2, ...rest } = options
    const before = this.all('suback').length
    const properties = id === undefined ? {} : { properties: { subscriptionIdentifier: id } }
    this.mqtt.subscribe(filter, { qos, ...rest, ...properties }, () => undefined)
    await this.until(`the SUBACK for ${filter}`, () => this.all('suback').length > before)
    return this.all('suback').at(-1)?.granted as number[]
  }

  /** Receives from now on and acknowledges nothing more, not even what follows. */
  neverAcknowledge(): void {
    this.mqtt.handleMessage = () => undefined
  }

  /** Publishes; resolves when the message is acknowledged as its QoS has it, or refused. */
  publish(
    topic: string,
    payload: string | Buffer,
    options: IClientPublishOptions = {},
  ): Promise<void> {
    return new Promise((resolve) => {
      this.mqtt.publish(topic, payload, options, () => resolve())
    })
  }

  /** DISCONNECT, then the end. */
  async leave(options: Parameters<MqttClient['endAsync']>[1] = {}): Promise<void> {
    await this.mqtt.endAsync(false, options)
    await this.untilClosed()
  }

  /** Cuts the TCP connection. */
  async drop(): Promise<void> {
    this.#socket?.terminate()
    await this.untilClosed()
  }

  /** Closes the WebSocket the orderly way, but without a DISCONNECT. */
  async closeSocket(): Promise<void> {
    this.#socket?.close()
    await this.untilClosed()
  }

  /** For the end of the test; whatever is open is closed. */
  discard(): void {
    this.mqtt.end(true)
    this.#socket?.terminate()
  }

  #open(address: string, protocols: string[], level: ProtocolLevel): never {
    const socket = new WebSocket(address, protocols)
    this.#socket = socket
    const reader = parser({ protocolVersion: level })
    reader.on('packet', (packet) => {
      this.packets.push(packet)
      if (packet.cmd === 'publish' && !packet.topic.endsWith(FENCE)) this.messages.push(packet)
      this.#notify()
    })
    socket.on('message', (data: Buffer) => reader.parse(data))
    socket.on('close', () => {
      this.closedAt = performance.now()
      this.#notify()
    })
    return socket as never
  }

  #notify(): void {
    for (const check of [...this.#watchers]) check()
  }
}
