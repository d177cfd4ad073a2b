import type { UserProperty } from './message.ts'
import { NUMBER_FIELDS, numberIssue, type NumberIssue } from './profileForm/numberFields.ts'
import type { Profile } from './profile.ts'
import { rowsIssue, textIssue, type RowIssue, type TextIssue } from './profileForm/textIssue.ts'
import type { Seconds } from './units.ts'

/** What a DISCONNECT of MQTT 5 can say besides that it is the end (§3.14.2). */
export type DisconnectRequest = {
  reasonCode: number
  sessionExpiryInterval?: Seconds
  reasonString?: string
  userProperties: UserProperty[]
}

/** The plain end: the broker discards the will. */
export const NORMAL_DISCONNECTION: DisconnectRequest = { reasonCode: 0, userProperties: [] }

/** The codes that a client may send (MQTT 5.0 §3.14.2.1). With any but the first the will is published. */
export const DISCONNECT_CODES = [
  0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99,
] as const

/** The fields of a DISCONNECT as typed. */
export type DisconnectFields = {
  reasonCode: number
  /** Empty: as it was asked for in CONNECT. */
  sessionExpiryInterval: string
  reasonString: string
  userProperties: UserProperty[]
}

export type DisconnectIssues = {
  sessionExpiryInterval?: NumberIssue | { code: 'expiry-was-zero' }
  reasonString?: TextIssue
  userProperties?: RowIssue
}

/** What is wrong with the fields; an empty object where they can be sent. */
export function disconnectIssues(fields: DisconnectFields, profile: Profile): DisconnectIssues {
  const expiry = expiryIssue(fields.sessionExpiryInterval, profile)
  const reason = textIssue(fields.reasonString)
  const rows = rowsIssue(fields.userProperties)
  return {
    ...(expiry && { sessionExpiryInterval: expiry }),
    ...(reason && { reasonString: reason }),
    ...(rows && { userProperties: rows }),
  }
}

/** The request that the fields describe, which must have no issue. */
export function disconnectRequestOf(fields: DisconnectFields): DisconnectRequest {
  const { reasonCode, reasonString, userProperties } = fields
  const expiry = fields.sessionExpiryInterval.trim()
  return {
    reasonCode,
    ...(expiry !== '' && { sessionExpiryInterval: Number(expiry) }),
    ...(reasonString !== '' && { reasonString }),
    userProperties,
  }
}

/** A session that was to end with its connection can't be kept afterwards (MQTT 5.0 §3.14.2.2.2). */
function expiryIssue(
  text: string,
  { properties }: Profile,
): DisconnectIssues['sessionExpiryInterval'] {
  const issue = numberIssue(text, NUMBER_FIELDS.sessionExpiryInterval)
  if (issue) return issue
  const wasZero = (properties.sessionExpiryInterval ?? 0) === 0
  return wasZero && Number(text) > 0 ? { code: 'expiry-was-zero' } : undefined
}
