import { defineStore } from 'pinia'
import type { ConnectionId } from '@/core/id.ts'
import type { Row } from '@/core/message.ts'
import type { EpochMs, Seq } from '@/core/units.ts'
import type {
  Command,
  EngineEvent,
  RequestId,
  RowWindow,
  ViewFilter,
  ViewId,
  ViewWindow,
} from '@/engine/protocol.ts'
import { useEngine } from './engine.ts'

/** Rows as a list asks for them, by their numbers. */
export type { ViewFilter, RowWindow as ViewWindow }

type Watch = Extract<Command, { type: 'watch' }>
type Read = Extract<Command, { type: 'readPayload' }>
type Rows = Extract<EngineEvent, { type: 'rows' }>

/** What a view shows at one moment: row `first` and those behind it, `rows[0]` being row `from`. */
export type ViewContent = {
  first: number
  count: number
  from: number
  rows: Row[]
  cleared: number
}

/** An open view on a log. It keeps no rows itself: each answer goes to `onContent`. */
export type MessageView<Window = RowWindow> = {
  show(connection: ConnectionId, filter: ViewFilter, window: Window): void
  close(): void
}

/** Opens views on the logs and reads whole payloads. Holds no message. */
export const useMessages = defineStore('messages', () => {
  const engine = useEngine()
  const views = new Map<ViewId, { watch?: Watch; onContent: (content: ViewContent) => void }>()
  const reads = new Map<
    RequestId,
    { read: Read; resolve: (payload: Uint8Array | undefined) => void }
  >()

  /** Opens a view; nothing comes until `show` says which rows are wanted. */
  function openView(onContent: (content: ViewContent) => void): MessageView<ViewWindow> {
    const view: ViewId = engine.nextRequest()
    views.set(view, { onContent })
    return {
      show(connection, filter, window) {
        const watch: Watch = { type: 'watch', view, connection, filter, window }
        views.set(view, { watch, onContent })
        engine.send(watch)
      },
      close() {
        views.delete(view)
        engine.send({ type: 'unwatch', view })
      },
    }
  }

  /** The whole payload of one message, or undefined when it is no longer in the log. */
  function readPayload(connection: ConnectionId, seq: Seq): Promise<Uint8Array | undefined> {
    const request = engine.nextRequest()
    const read: Read = { type: 'readPayload', connection, request, seq }
    return new Promise((resolve) => {
      reads.set(request, { read, resolve })
      engine.send(read)
    })
  }

  /** Where the first row of a view stands that is at or after a time; its entry where there is one. */
  function findTime(
    connection: ConnectionId,
    filter: ViewFilter,
    time: EpochMs,
  ): Promise<{ number: number; seq: Seq | undefined }> {
    return new Promise((resolve) => {
      const view = openView(({ from, rows }) => {
        view.close()
        resolve({ number: from, seq: rows[0]?.seq })
      })
      view.show(connection, filter, { at: time })
    })
  }

  function receive({ view, ...content }: Rows) {
    views.get(view)?.onContent(content)
  }

  function settlePayload(request: RequestId, payload: Uint8Array | undefined) {
    reads.get(request)?.resolve(payload)
    reads.delete(request)
  }

  /** An engine that has just started knows no views and no questions: asks for all of them again. */
  function resume() {
    for (const { watch } of views.values()) if (watch) engine.send(watch)
    for (const { read } of reads.values()) engine.send(read)
  }

  return { openView, findTime, readPayload, receive, settlePayload, resume }
})
