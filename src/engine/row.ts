import type { SubscriptionId } from '@/core/id.ts'
import {
  PREVIEW_BYTES,
  type PublishOutcome,
  type PublishProperties,
  type Row,
} from '@/core/message.ts'
import { decodePublishProperties } from '@/core/packet/properties.ts'
import type { EpochMs } from '@/core/units.ts'
import type { LogMessage, StoredEntry } from '@/log/entry.ts'

/** What a row says that the log does not. */
export type RowContext = {
  /** `identifiers` are those that came with the message (MQTT 5.0 §3.3.4). */
  matching: (topic: string, identifiers?: readonly number[]) => SubscriptionId[]
  outcomeOf: (entry: StoredEntry & LogMessage) => PublishOutcome | undefined
}

/** An entry as a page gets it. The preview is a copy: the entry's bytes are views of whole chunks. */
export function rowOf(entry: StoredEntry, context: RowContext, previous?: EpochMs): Row {
  if (entry.kind === 'mark') return entry
  const { payload, properties, ...rest } = entry
  const outcome = entry.direction === 'out' ? context.outcomeOf(entry) : undefined
  const decoded = propertiesOf(properties)
  return {
    ...rest,
    size: payload.byteLength,
    preview: payload.slice(0, PREVIEW_BYTES),
    subscriptions: context.matching(entry.topic, decoded?.subscriptionIdentifiers),
    ...(previous === undefined ? {} : { previous }),
    ...(decoded ? { properties: decoded } : {}),
    ...(outcome ? { outcome } : {}),
  }
}

/** Undefined where there are none. The wire refuses malformed ones, so none should be in the log. */
function propertiesOf(raw: Uint8Array): PublishProperties | undefined {
  if (raw.byteLength === 0) return undefined
  try {
    return decodePublishProperties(raw)
  } catch {
    return undefined
  }
}
