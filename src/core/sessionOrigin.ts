import type { LeftSession } from './leftSession.ts'
import type { Profile } from './profile.ts'
import type { SessionOrigin } from './session.ts'
import type { EpochMs } from './units.ts'

export type SessionFacts = {
  profile: Pick<Profile, 'version' | 'cleanSession'>
  /** Session Present of the CONNACK (MQTT 3.1.1 §3.2.2.2, 5.0 §3.2.2.1.1). */
  present: boolean
  /** What the connection before this one left; undefined: nothing is known of one. */
  left: LeftSession | undefined
  now: EpochMs
}

/**
 * Judges a CONNACK. A broker that says that there is a session is believed, also where MQTT does not
 * allow it.
 */
export function sessionOrigin({ profile, present, left, now }: SessionFacts): SessionOrigin {
  if (present) return 'resumed'
  if (profile.cleanSession) return 'clean'
  if (profile.version === '3.1') return 'unsaid'
  if (!left) return 'none-kept'
  if (left.state === 'ended') return 'ended'
  return left.expiresAt !== undefined && now >= left.expiresAt ? 'expired' : 'lost'
}
