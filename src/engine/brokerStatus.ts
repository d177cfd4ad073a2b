import { isSysTopic, type SysUpdate } from '@/core/brokerStatus/sysValue.ts'
import type { StatusGrant } from '@/core/brokerStatus/statusGrant.ts'
import type { SubscriptionKeeper } from './subscriptionKeeper.ts'
import { SysValues } from './sysValues.ts'
import type { ReceivedPublish } from './wire/wire.ts'

export type BrokerStatusOptions = {
  subscriptions: Pick<
    SubscriptionKeeper,
    'setStatusWanted' | 'statusGrant' | 'isStatusAsked' | 'isStatusOpen' | 'isForStatusAlone'
  >
  /** Whether some page looks. */
  isWatched: () => boolean
  /** There is something new to read. */
  onChanged: () => void
}

/**
 * What the broker of one connection tells of itself under `$SYS`, while some page looks. The subscription
 * is held for the page and not in the user's list, and what it alone brings is kept here and nowhere else.
 */
export class BrokerStatus {
  readonly #options: BrokerStatusOptions
  readonly #values = new SysValues()
  /** The last connection ended before SUBSCRIBE was answered: some brokers refuse in this way. */
  #isCut = false
  /** One more whenever a connection begins: what was read before is void. */
  #generation = 0

  constructor(options: BrokerStatusOptions) {
    this.#options = options
  }

  /** Some page began to look, or looks again, or the last one stopped. */
  watchersChanged(): void {
    this.#isCut = false
    if (!this.#options.isWatched()) this.#start()
    this.#ask()
  }

  /** A CONNACK has come; call it before the user's subscriptions are asked for. */
  linked(): void {
    this.#start()
    this.#ask()
  }

  /** The connection is over; call it before the user's subscriptions know. */
  unlinked(): void {
    if (this.#options.subscriptions.isStatusAsked) this.#isCut = true
    this.#options.onChanged()
  }

  /** Takes what is meant for it. Returns whether a message belongs into no log. */
  takes(publish: ReceivedPublish): boolean {
    const { subscriptions, isWatched, onChanged } = this.#options
    if (!isSysTopic(publish.topic) || !subscriptions.isStatusOpen) return false
    if (isWatched()) {
      this.#values.take(publish)
      onChanged()
    }
    // We ask for QoS 0. Whatever is to be acknowledged has to go the way of all messages.
    return publish.qos === 0 && subscriptions.isForStatusAlone(publish.topic)
  }

  get grant(): StatusGrant {
    return this.#isCut ? { state: 'cut' } : this.#options.subscriptions.statusGrant
  }

  get generation(): number {
    return this.#generation
  }

  /** The last value that has come. */
  get latest(): number {
    return this.#values.latest
  }

  /** The values after this one; after `ALL` every one. */
  read(after: number): SysUpdate {
    return this.#values.read(after)
  }

  #start(): void {
    this.#values.clear()
    this.#generation += 1
  }

  #ask(): void {
    const { subscriptions, isWatched, onChanged } = this.#options
    subscriptions.setStatusWanted(isWatched() && !this.#isCut)
    onChanged()
  }
}
