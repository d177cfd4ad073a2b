import type { Seconds } from '../src/core/units.ts'
import { Alarm, type Clock } from './clock.ts'
import type { Limits } from './limits.ts'
import type { Link } from './link.ts'
import { Outbound } from './outbound.ts'
import type { Subscription } from './subscription.ts'
import { PendingWill } from './will.ts'

/** What the broker remembers of one client (MQTT 5.0 §4.1), with or without a connection. */
export class Session {
  readonly clientId: string
  /** By the filter as the client wrote it. */
  readonly subscriptions = new Map<string, Subscription>()
  readonly outbound: Outbound
  /** Identifiers of QoS 2 messages that were published on and wait for their PUBREL (§4.3.3). */
  readonly unreleased = new Set<number>()
  readonly will: PendingWill
  readonly expiryAlarm: Alarm
  /** How long it lives without a connection; 0: it ends with its connection. */
  expiry: Seconds = 0
  link: Link | undefined

  constructor(clientId: string, limits: Limits, clock: Clock) {
    this.clientId = clientId
    this.outbound = new Outbound(limits, clock)
    this.will = new PendingWill(clock)
    this.expiryAlarm = new Alarm(clock)
  }
}
