import * as v from 'valibot'
import { PAYLOAD_TYPES } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { BLANK_REQUEST, type RequestFields } from '@/core/requests/requestForm.ts'
import type { Seconds } from '@/core/units.ts'

/** The time-outs of so many requests are kept, which are more than the list shows. */
const MAX_TIMEOUTS = 500

const Remembered = v.object({
  fields: v.object({
    topic: v.string(),
    type: v.picklist(PAYLOAD_TYPES),
    payload: v.string(),
    qos: v.picklist([0, 1, 2]),
    timeout: v.string(),
    responseTopic: v.nullable(v.string()),
  }),
  timeouts: v.array(v.tuple([v.string(), v.number()])),
})

/** What the console of one connection keeps: its fields, and the time-out of each request, by its correlation. */
export type RememberedRequests = {
  fields: RequestFields
  timeouts: ReadonlyMap<string, Seconds>
}

/**
 * What this tab kept for the connection; blank where there is nothing. A time-out is nothing that MQTT
 * knows: it is not in the packet, so not in the log that all else is read from, and putting it there, as
 * a user property, would tell it to every responder. So the tab that sent a request remembers it, and
 * another one judges by the time-out in its own field.
 */
export function recallRequests(connection: ConnectionId): RememberedRequests {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(keyOf(connection)) ?? 'null')
    const { fields, timeouts } = v.parse(Remembered, stored)
    return { fields, timeouts: new Map(timeouts) }
  } catch {
    return { fields: BLANK_REQUEST, timeouts: new Map() }
  }
}

/** Keeps it for the next time that this tab shows the console. Without room, nothing is kept. */
export function rememberRequests(
  connection: ConnectionId,
  { fields, timeouts }: RememberedRequests,
): void {
  try {
    const latest = [...timeouts].slice(-MAX_TIMEOUTS)
    sessionStorage.setItem(keyOf(connection), JSON.stringify({ fields, timeouts: latest }))
  } catch {
    // Storage that is denied or full keeps nothing.
  }
}

function keyOf(connection: ConnectionId): string {
  return `mqtab-requests-${connection}`
}
