import type { QoS } from '../src/core/message.ts'
import type { RetainHandling } from '../src/core/subscription.ts'

/** One subscription of one session (MQTT 5.0 §3.8.3.1). */
export type Subscription = {
  /** As the client wrote it, with `$share/group/` where it is shared. */
  filter: string
  qos: QoS
  noLocal: boolean
  retainAsPublished: boolean
  retainHandling: RetainHandling
  identifier?: number
}

/** Where a filter leads: its levels, and the share group if it has one. */
export type FilterPath = { levels: readonly string[]; group?: string }
