import { BLANK_DRAFT, LIST_DENSITIES, PAYLOAD_TYPES, ROW_TIMES } from '@/core/draft.ts'
import type { Draft } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { PropertyFields } from '@/core/propertyFields.ts'
import { commit, guard } from './database.ts'
import type { Database } from './database.ts'
import { fieldsOf, flagOr, listOf, oneOf, textOr, type Fields } from './fields.ts'
import { readUserProperty } from './profile.ts'

/** Reads the draft of a connection; a blank one where there is none. Rejects with a StorageError. */
export async function readDraft(database: Database, connection: ConnectionId): Promise<Draft> {
  const fields = fieldsOf(await guard('drafts', () => database.get('drafts', connection))) ?? {}
  return {
    topic: textOr(fields['topic'], BLANK_DRAFT.topic),
    payload: textOr(fields['payload'], BLANK_DRAFT.payload),
    type: oneOf(fields['type'], PAYLOAD_TYPES, BLANK_DRAFT.type),
    qos: oneOf(fields['qos'], [0, 1, 2] as const, BLANK_DRAFT.qos),
    retain: flagOr(fields['retain'], BLANK_DRAFT.retain),
    properties: readProperties(fieldsOf(fields['properties']) ?? {}),
    view: oneOf(fields['view'], ['auto', ...PAYLOAD_TYPES] as const, BLANK_DRAFT.view),
    density: oneOf(fields['density'], LIST_DENSITIES, BLANK_DRAFT.density),
    times: oneOf(fields['times'], ROW_TIMES, BLANK_DRAFT.times),
  }
}

function readProperties(fields: Fields): PropertyFields {
  const text = (name: keyof PropertyFields) => textOr(fields[name], '')
  return {
    contentType: text('contentType'),
    responseTopic: text('responseTopic'),
    correlationData: text('correlationData'),
    messageExpiryInterval: text('messageExpiryInterval'),
    topicAlias: text('topicAlias'),
    payloadFormatIndicator: flagOr(fields['payloadFormatIndicator'], false),
    userProperties: listOf(fields['userProperties'], readUserProperty),
  }
}

export async function saveDraft(
  database: Database,
  connection: ConnectionId,
  draft: Draft,
): Promise<void> {
  await commit(database, 'drafts', (transaction) =>
    transaction.objectStore('drafts').put(draft, connection),
  )
}
