import { onScopeDispose, watch } from 'vue'
import type { ConnectionId } from '@/core/id.ts'
import type { EpochMs } from '@/core/units.ts'
import {
  useMessages,
  type MessageView,
  type ViewContent,
  type ViewFilter,
  type ViewWindow,
} from '@/stores/messages.ts'
import { useSearches } from '@/stores/searches.ts'
import { useCovered } from './covered.ts'

/**
 * One view on a log at a time. Asks the engine at most once per frame, the first time at once: a page
 * in the background gets no frames, and must still be filled when it is looked at.
 */
export function useMessageView(onContent: (content: ViewContent) => void) {
  const messages = useMessages()
  const searches = useSearches()
  let open:
    | { view: MessageView; connection: ConnectionId; filter: ViewFilter; isOfHits: boolean }
    | undefined
  let wanted: ViewWindow | undefined
  /** The last that was asked for, which is wanted again when nothing covers the list any more. */
  let shown: ViewWindow | undefined
  const isCovered = useCovered()
  /** The engine counts rows from the first that the view ever had, the list from the first there is. */
  let first = 0
  let frame: number | undefined

  /**
   * Turns to a log, to other rows of it, or to the hits of the search that is open. Answers about what
   * was shown before are not heard any more.
   */
  function turnTo(connection: ConnectionId, filter: ViewFilter | 'hits') {
    close()
    first = 0
    open =
      filter === 'hits'
        ? { view: searches.openView(receive), connection, filter: {}, isOfHits: true }
        : { view: messages.openView(receive), connection, filter, isOfHits: false }
  }

  function receive(content: ViewContent) {
    // The answer to what a covered list asks for: nothing.
    if (isCovered() && open?.isOfHits === false) return
    first = content.first
    onContent({ ...content, from: content.from - first })
  }

  function ask(window: ViewWindow) {
    wanted = window
    if (frame === undefined) show()
  }

  function show() {
    frame = undefined
    if (!open || !wanted) return
    if (isCovered() && !open.isOfHits) return
    const { connection, filter } = open
    shown = wanted
    const rows =
      'last' in wanted ? wanted : { ...wanted, from: wanted.from + first, to: wanted.to + first }
    open.view.show(connection, filter, rows)
    wanted = undefined
    frame = requestAnimationFrame(show)
  }

  // Rows that nobody sees would take from a flood what it needs.
  watch(isCovered, (covered) => {
    if (!open || open.isOfHits) return
    if (covered) {
      wanted ??= shown
      open.view.show(open.connection, open.filter, { last: 0 })
    } else show()
  })

  /** The row, as the list counts it, of the first that is at or after a time; the end where none is. */
  async function findTime(time: EpochMs): Promise<number> {
    if (!open) return 0
    const asked = open
    const { number, seq } = await messages.findTime(asked.connection, asked.filter, time)
    // Turned to another list meanwhile.
    if (asked !== open) return 0
    if (!asked.isOfHits) return number - first
    return (seq === undefined ? Infinity : searches.numberOf(seq)) - first
  }

  function close() {
    if (frame !== undefined) cancelAnimationFrame(frame)
    frame = undefined
    wanted = undefined
    shown = undefined
    open?.view.close()
    open = undefined
  }

  onScopeDispose(close)
  return { turnTo, ask, findTime }
}
