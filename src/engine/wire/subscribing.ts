import { MalformedPacket } from '@/core/packet/framer.ts'
import type { QoS } from '@/core/message.ts'
import type { ServerLimits } from '@/core/session.ts'
import type { PacketIds } from './packetIds.ts'
import type { SubscribeAnswerPacket } from './serverPacket.ts'
import {
  subscribePackets,
  subscribeRefusal,
  unsubscribePackets,
  unsubscribeRefusal,
  type EndRequest,
  type FilterRequest,
  type SubscribePacket,
  type UnsubscribePacket,
} from './subscribePackets.ts'

type Refused = { state: 'refused'; reasonCode: number; reasonString?: string }

/** What became of one filter of `subscribe`; `unanswered`: the connection ended first. */
export type SubscribeAnswer = { state: 'granted'; qos: QoS } | Refused | { state: 'unanswered' }

/** What became of one filter of `unsubscribe`. */
export type UnsubscribeAnswer = { state: 'confirmed' } | Refused | { state: 'unanswered' }

export type SubscribingOwner = {
  /** Sends it at once. */
  subscribe(packet: SubscribePacket, packetId: number): void
  /** Sends it at once. */
  unsubscribe(packet: UnsubscribePacket, packetId: number): void
}

type Pending = { filters: number; settle: (answer: SubscribeAnswerPacket | undefined) => void }

/** SUBSCRIBE and UNSUBSCRIBE of one connection, and the server's answer for each filter. */
export class Subscribing {
  readonly #owner: SubscribingOwner
  readonly #ids: PacketIds
  readonly #limits: ServerLimits
  readonly #pending = new Map<number, Pending>()

  constructor(owner: SubscribingOwner, ids: PacketIds, limits: ServerLimits) {
    this.#owner = owner
    this.#ids = ids
    this.#limits = limits
  }

  /** Answers in the order of the requests; where a filter is in them twice, the last one counts. */
  async subscribe(requests: readonly FilterRequest[]): Promise<SubscribeAnswer[]> {
    const answers = new Map<string, SubscribeAnswer>()
    const allowed = requests.filter((wanted) => {
      const reasonCode = subscribeRefusal(wanted, this.#limits)
      if (reasonCode !== undefined) answers.set(wanted.filter, { state: 'refused', reasonCode })
      return reasonCode === undefined
    })
    const packets = subscribePackets(allowed, this.#limits)
    await Promise.all(
      packets.map(async (packet) => {
        const filters = packet.requests.map(({ filter }) => filter)
        const answer = await this.#ask(filters, (id) => this.#owner.subscribe(packet, id))
        filters.forEach((filter, index) => answers.set(filter, subscribeAnswer(answer, index)))
      }),
    )
    return requests.map(({ filter }) => answers.get(filter) ?? { state: 'unanswered' })
  }

  /** Answers in the order of the requests. */
  async unsubscribe(requests: readonly EndRequest[]): Promise<UnsubscribeAnswer[]> {
    const answers = new Map<string, UnsubscribeAnswer>()
    const allowed = requests.filter((wanted) => {
      const reasonCode = unsubscribeRefusal(wanted, this.#limits)
      if (reasonCode !== undefined) answers.set(wanted.filter, { state: 'refused', reasonCode })
      return reasonCode === undefined
    })
    await Promise.all(
      unsubscribePackets(allowed, this.#limits).map(async (packet) => {
        const { filters } = packet
        const answer = await this.#ask(filters, (id) => this.#owner.unsubscribe(packet, id))
        filters.forEach((filter, index) => answers.set(filter, unsubscribeAnswer(answer, index)))
      }),
    )
    return requests.map(({ filter }) => answers.get(filter) ?? { state: 'unanswered' })
  }

  /**
   * Takes a SUBACK or UNSUBACK; one that answers nothing is passed over. Throws `MalformedPacket`
   * when it has not one code for each filter.
   */
  answered(answer: SubscribeAnswerPacket): void {
    const { type, packetId, reasonCodes } = answer
    const pending = this.#pending.get(packetId)
    if (!pending) return
    const isBare = type === 'unsuback' && reasonCodes.length === 0
    if (reasonCodes.length !== pending.filters && !isBare) {
      throw new MalformedPacket(
        `${type.toUpperCase()} with ${reasonCodes.length} codes for ${pending.filters} filters`,
      )
    }
    this.#pending.delete(packetId)
    this.#ids.release(packetId)
    pending.settle(answer)
  }

  /** No answer will come. */
  end(): void {
    for (const { settle } of this.#pending.values()) settle(undefined)
    this.#pending.clear()
  }

  #ask(
    filters: readonly string[],
    send: (packetId: number) => void,
  ): Promise<SubscribeAnswerPacket | undefined> {
    const packetId = this.#ids.take('other')
    if (packetId === undefined) return Promise.resolve(undefined)
    return new Promise((settle) => {
      this.#pending.set(packetId, { filters: filters.length, settle })
      send(packetId)
    })
  }
}

function subscribeAnswer(
  answer: SubscribeAnswerPacket | undefined,
  index: number,
): SubscribeAnswer {
  const code = answer?.reasonCodes[index]
  if (!answer || code === undefined) return { state: 'unanswered' }
  if (code === 0 || code === 1 || code === 2) return { state: 'granted', qos: code }
  return refused(code, answer)
}

/** UNSUBACK has no codes before MQTT 5, and 0x11 means that there was no such subscription. */
function unsubscribeAnswer(
  answer: SubscribeAnswerPacket | undefined,
  index: number,
): UnsubscribeAnswer {
  if (!answer) return { state: 'unanswered' }
  const code = answer.reasonCodes[index] ?? 0
  return code < 0x80 ? { state: 'confirmed' } : refused(code, answer)
}

function refused(reasonCode: number, { reasonString }: SubscribeAnswerPacket): Refused {
  return { state: 'refused', reasonCode, ...(reasonString === undefined ? {} : { reasonString }) }
}
