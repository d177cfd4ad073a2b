import { watch, type ShallowRef } from 'vue'
import type { Row } from '@/core/message.ts'
import type { Seq } from '@/core/units.ts'
import type { RowWindow, ViewWindow } from '@/engine/protocol.ts'
import type { HitList } from './hitList.ts'
import type { MessageView, ViewContent } from './messages.ts'

type Hits = Readonly<ShallowRef<{ list: HitList; cleared: number }>>
type OpenView = (onContent: (content: ViewContent) => void) => MessageView<ViewWindow>

/**
 * Makes a view of entries into a view of hits: windows are counted in hits, and rows are asked for anew
 * when other hits are in the window. What is shown of the hits is told whenever their number changes.
 */
export function openHitView(
  openView: OpenView,
  hits: Hits,
  onContent: (content: ViewContent) => void,
): MessageView {
  let rows: Row[] = []
  let asked: readonly Seq[] | undefined
  let wanted: Parameters<MessageView['show']> | undefined

  const view = openView((content) => {
    rows = content.rows
    tell()
  })

  function ask() {
    if (!wanted) return
    const [connection, , window] = wanted
    const seqs = hits.value.list.in(window)
    if (asked && isSame(asked, seqs)) return
    asked = seqs
    view.show(connection, {}, { seqs })
  }

  function tell() {
    const { list, cleared } = hits.value
    const { first, count } = list
    const [top] = rows
    const from = top ? list.numberOf(top.seq) : first
    onContent({ first, count, from, rows, cleared })
  }

  const stop = watch(
    hits,
    (next, last) => {
      if (next.list !== last.list) rows = []
      ask()
      tell()
    },
    { flush: 'sync' },
  )

  return {
    show(connection, filter, window: RowWindow) {
      wanted = [connection, filter, window]
      asked = undefined
      ask()
    },
    close() {
      stop()
      view.close()
    },
  }
}

function isSame(one: readonly Seq[], other: readonly Seq[]): boolean {
  return one.length === other.length && one.every((seq, i) => seq === other[i])
}
