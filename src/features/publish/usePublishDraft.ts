import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { publishesSame, publishFieldsOf, type PublishFields } from '@/core/publishForm.ts'
import type { Milliseconds } from '@/core/units.ts'
import { useConnections } from '@/stores/connections.ts'

/** What is typed is saved, and its payload checked, after so long without a key. */
export const SAVE_AFTER: Milliseconds = 300

export type PublishDraft = {
  /** What the fields show; replaced at each change. */
  fields: Readonly<ShallowRef<PublishFields>>
  /** The fields as last saved: what is checked while it is typed. */
  settled: Readonly<ShallowRef<PublishFields>>
  edit(part: Partial<PublishFields>): void
  /** Saves at once what is not saved yet. */
  save(): void
  /** Whether the engine may not have the newest text yet. */
  isUnsaved(): boolean
  /** Shows what another tab has saved meanwhile, unless something is unsaved here. */
  adopt(): void
}

/**
 * The draft of one connection while it is edited. Other tabs may edit it too: the engine's word is shown
 * only while nothing here is unsaved or on its way, and `isTyping()` is false. Whoever edits another
 * connection makes another one, so that no draft can be saved under a wrong connection.
 */
export function usePublishDraft(connection: ConnectionId, isTyping: () => boolean): PublishDraft {
  const connections = useConnections()
  const stored = () => connections.get(connection)?.draft
  const fields = shallowRef<PublishFields>(publishFieldsOf(stored() ?? BLANK_DRAFT))
  const settled = shallowRef(fields.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What the engine was told last and has not said back. */
  let sent: PublishFields | undefined

  function edit(part: Partial<PublishFields>) {
    fields.value = { ...fields.value, ...part }
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_AFTER)
  }

  function save() {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    settled.value = fields.value
    const current = sent ?? stored()
    if (!current || publishesSame(current, fields.value)) return
    sent = fields.value
    connections.saveDraft(connection, fields.value)
  }

  function isUnsaved() {
    return timer !== undefined || sent !== undefined
  }

  function adopt() {
    const draft = stored()
    if (!draft || isUnsaved() || publishesSame(draft, fields.value)) return
    fields.value = publishFieldsOf(draft)
    settled.value = fields.value
  }

  // Each event counts, also when two come within one turn: the first may be the answer awaited.
  watch(
    stored,
    (draft) => {
      if (draft && sent && publishesSame(draft, sent)) sent = undefined
      if (!isTyping()) adopt()
    },
    { flush: 'sync' },
  )
  onScopeDispose(save)

  return { fields, settled, edit, save, isUnsaved, adopt }
}
