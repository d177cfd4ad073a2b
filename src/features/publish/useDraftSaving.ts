import { onMounted, onScopeDispose, type ShallowRef } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import { dropUnsaved, keepUnsaved, takeUnsaved } from './unsavedDraft.ts'
import type { PublishDraft } from './usePublishDraft.ts'

/** Saves a draft whenever the reader leaves a field, the pane or the page. */
export function useDraftSaving(
  connection: ConnectionId,
  draft: PublishDraft,
  pane: Readonly<ShallowRef<HTMLElement | null>>,
): void {
  const listening = new AbortController()
  const { signal } = listening

  const unsaved = takeUnsaved(connection)
  if (unsaved) {
    draft.edit(unsaved)
    draft.save()
  }

  function leavePage() {
    if (draft.isUnsaved()) keepUnsaved(connection, draft.fields.value)
    draft.save()
  }

  onMounted(() => {
    pane.value?.addEventListener(
      'focusout',
      ({ relatedTarget }) => {
        draft.save()
        const stays = relatedTarget instanceof Node && pane.value?.contains(relatedTarget)
        if (!stays) draft.adopt()
      },
      { signal },
    )
  })
  // In the capture phase, so that it comes before the port says goodbye to the engine.
  addEventListener('pagehide', leavePage, { signal, capture: true })
  addEventListener('pageshow', ({ persisted }) => persisted && dropUnsaved(), { signal })
  onScopeDispose(() => listening.abort())
}
