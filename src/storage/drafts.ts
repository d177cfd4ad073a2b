import { BLANK_DRAFT, LIST_DENSITIES, PAYLOAD_TYPES, ROW_TIMES } from '@/core/draft.ts'
import type { Draft } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { commit, guard } from './database.ts'
import type { Database } from './database.ts'
import { fieldsOf, flagOr, oneOf, textOr } from './fields.ts'

/** Reads the draft of a connection; a blank one where there is none. Rejects with a StorageError. */
export async function readDraft(database: Database, connection: ConnectionId): Promise<Draft> {
  const fields = fieldsOf(await guard('drafts', () => database.get('drafts', connection))) ?? {}
  return {
    topic: textOr(fields['topic'], BLANK_DRAFT.topic),
    payload: textOr(fields['payload'], BLANK_DRAFT.payload),
    type: oneOf(fields['type'], PAYLOAD_TYPES, BLANK_DRAFT.type),
    qos: oneOf(fields['qos'], [0, 1, 2] as const, BLANK_DRAFT.qos),
    retain: flagOr(fields['retain'], BLANK_DRAFT.retain),
    view: oneOf(fields['view'], ['auto', ...PAYLOAD_TYPES] as const, BLANK_DRAFT.view),
    density: oneOf(fields['density'], LIST_DENSITIES, BLANK_DRAFT.density),
    times: oneOf(fields['times'], ROW_TIMES, BLANK_DRAFT.times),
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
