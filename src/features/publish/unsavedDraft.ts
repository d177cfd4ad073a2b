import * as v from 'valibot'
import { PAYLOAD_TYPES } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { PublishFields } from '@/core/publishForm.ts'

const KEY = 'mqtab-unsaved-draft'

const Unsaved = v.object({
  connection: v.string(),
  fields: v.object({
    topic: v.string(),
    payload: v.string(),
    type: v.picklist(PAYLOAD_TYPES),
    qos: v.picklist([0, 1, 2]),
    retain: v.boolean(),
    properties: v.object({
      contentType: v.string(),
      responseTopic: v.string(),
      correlationData: v.string(),
      messageExpiryInterval: v.string(),
      topicAlias: v.string(),
      payloadFormatIndicator: v.boolean(),
      userProperties: v.array(v.object({ name: v.string(), value: v.string() })),
    }),
  }),
})

/**
 * Keeps what was typed right before the page went away. The engine is told as well, but where it ends
 * with its last page it may not live to write it; `sessionStorage` is written before this returns. When
 * there is no room, the engine's chance is all that there is.
 */
export function keepUnsaved(connection: ConnectionId, fields: PublishFields): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ connection, fields }))
  } catch {
    dropUnsaved()
  }
}

/** What was kept for this connection by this tab, once; undefined when there is nothing. */
export function takeUnsaved(connection: ConnectionId): PublishFields | undefined {
  try {
    const unsaved = v.parse(Unsaved, JSON.parse(sessionStorage.getItem(KEY) ?? 'null'))
    if (unsaved.connection !== connection) return undefined
    dropUnsaved()
    return unsaved.fields
  } catch {
    return undefined
  }
}

/** Forgets what was kept: the page has come back alive, with all that was typed. */
export function dropUnsaved(): void {
  try {
    sessionStorage.removeItem(KEY)
  } catch {
    // Storage that is denied holds nothing either.
  }
}
