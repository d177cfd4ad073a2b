import type { ConnectionFailure } from './failure.ts'
import type { QoS, UserProperty } from './message.ts'
import type { EpochMs, Milliseconds, Seconds } from './units.ts'

/** What the broker said of itself and of us in its CONNACK (MQTT 5.0 §3.2.2.3; 3.x: defaults). */
export type ServerLimits = {
  maximumQoS: QoS
  retainAvailable: boolean
  wildcardAvailable: boolean
  sharedAvailable: boolean
  subscriptionIdentifiersAvailable: boolean
  /** 0: the server takes no topic alias. */
  topicAliasMaximum: number
  /** How many QoS 1 and 2 messages the server takes at a time. */
  receiveMaximum: number
  maximumPacketSize?: number
  serverKeepAlive?: Seconds
  assignedClientId?: string
  /** Seconds that the server keeps the session, where it says something else than we asked for. */
  sessionExpiryInterval?: Seconds
  /** What the server suggests for response topics (§3.2.2.3.15). */
  responseInformation?: string
  /** Another server to use (§3.2.2.3.16). */
  serverReference?: string
  reasonString?: string
  authenticationMethod?: string
  userProperties?: UserProperty[]
}

/** What holds where a CONNACK says nothing. */
export const NO_LIMITS: ServerLimits = {
  maximumQoS: 2,
  retainAvailable: true,
  wildcardAvailable: true,
  sharedAvailable: true,
  subscriptionIdentifiersAvailable: true,
  topicAliasMaximum: 0,
  receiveMaximum: 65_535,
}

/** Why a connection has the session that it has: all but `resumed` are new ones, as far as is known. */
export type SessionOrigin =
  /** The broker had kept it. */
  | 'resumed'
  /** Clean Session, in MQTT 5 Clean Start, asked for a new one. */
  | 'clean'
  /** The broker had none, and none is known to have been left there. */
  | 'none-kept'
  /** The last one was to end with its connection. */
  | 'ended'
  /** One was left there, and the time for which it was to be kept is certainly over. */
  | 'expired'
  /** One was left there and is gone before its time, or for all that is known. */
  | 'lost'
  /** The CONNACK of MQTT 3.1 does not say whether there was one. */
  | 'unsaid'

/** Messages that came out of the broker's queue; `isOver`: no more will. */
export type QueueCount = { count: number; isOver: boolean }

/** Why a connection has its session, and what was queued in it: only one that is resumed has a queue. */
export type SessionStory = { origin: SessionOrigin; queue?: QueueCount }

/**
 * The state of one connection. Each carries what the screen says about it; `failure` in
 * `disconnected` is absent when the user ended it or it was never tried.
 */
export type SessionState =
  | { phase: 'disconnected'; failure?: ConnectionFailure }
  | { phase: 'connecting'; since: EpochMs }
  | {
      phase: 'connected'
      since: EpochMs
      story: SessionStory
      limits: ServerLimits
      /** Round trip of the last PINGREQ; absent until the first. */
      ping?: Milliseconds
    }
  /** Waiting for the next try. `attempt` is 1 for the first retry. */
  | { phase: 'waiting'; attempt: number; retryAt: EpochMs; failure: ConnectionFailure }
  | { phase: 'reconnecting'; attempt: number; since: EpochMs; failure: ConnectionFailure }

export type SessionPhase = SessionState['phase']
