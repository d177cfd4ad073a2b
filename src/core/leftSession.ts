import type { DisconnectRequest } from './disconnect.ts'
import type { Profile } from './profile.ts'
import type { ServerLimits } from './session.ts'
import type { EpochMs, Milliseconds, Seconds } from './units.ts'

/** What the last connection left with its broker, as far as that was agreed. */
export type LeftSession =
  /** `expiresAt`: at that time the broker has certainly let it go; absent: that is not known. */
  | { state: 'kept'; expiresAt?: EpochMs }
  /** It was to end with its connection. */
  | { state: 'ended' }

/** What the two sides said of the session in CONNECT and CONNACK. */
export type SessionTerms = {
  profile: Pick<Profile, 'version' | 'cleanSession' | 'keepAlive' | 'properties'>
  limits: Pick<ServerLimits, 'sessionExpiryInterval' | 'serverKeepAlive'>
}

/** How a connection ended; `disconnect` is what a DISCONNECT of ours said, absent where none was sent. */
export type SessionEnd = {
  now: EpochMs
  disconnect?: Pick<DisconnectRequest, 'sessionExpiryInterval'>
}

/** A DISCONNECT is held back for what is not stored yet, and then has to get through. */
const LEAVING: Milliseconds = 5_000

/** The largest number stands for ever (MQTT 5.0 §3.1.2.11.2). */
const FOR_EVER: Seconds = 0xffff_ffff

/**
 * What a connection on these terms leaves with the broker; without `end`, what it would leave if it ended
 * without a word. Before MQTT 5 Clean Session decides (3.1.1 §3.1.2.4), since then the Session Expiry
 * Interval: that of DISCONNECT goes before that of CONNACK, and that before the one of CONNECT (5.0
 * §3.14.2.2.2, §3.2.2.3.2).
 */
export function leftSession(terms: SessionTerms, end?: SessionEnd): LeftSession {
  const interval = intervalOf(terms, end)
  if (interval === 0) return { state: 'ended' }
  const noticed = end && noticedAt(terms, end)
  if (noticed === undefined || interval >= FOR_EVER) return { state: 'kept' }
  return { state: 'kept', expiresAt: noticed + interval * 1000 }
}

function intervalOf({ profile, limits }: SessionTerms, end?: SessionEnd): Seconds {
  const { version, cleanSession, properties } = profile
  if (version !== '5.0') return cleanSession ? 0 : FOR_EVER
  const said = end?.disconnect?.sessionExpiryInterval ?? limits.sessionExpiryInterval
  return said ?? properties.sessionExpiryInterval ?? 0
}

/**
 * When the broker, from whose side the interval counts, has seen the end at the latest; undefined where
 * it may never do. A lost connection it may believe in for one and a half keep alives (§3.1.2.10).
 */
function noticedAt({ profile, limits }: SessionTerms, end: SessionEnd): EpochMs | undefined {
  if (end.disconnect) return end.now + LEAVING
  const keepAlive = limits.serverKeepAlive ?? profile.keepAlive
  return keepAlive === 0 ? undefined : end.now + keepAlive * 1500
}
