import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import { unreachable, type StorageFailure } from '@/core/failure.ts'
import type { ConnectionId } from '@/core/id.ts'
import { hitsIn, plainPart, type Hit } from '@/core/search/hitsIn.ts'
import type { Search } from '@/core/search/search.ts'
import type { Milliseconds, Seq } from '@/core/units.ts'
import type { SearchEvent, SearchId } from '@/search/protocol.ts'
import { useConnections } from './connections.ts'
import { HitList } from './hitList.ts'
import { openHitView } from './hitView.ts'
import { useMessages, type MessageView, type ViewContent } from './messages.ts'
import { openSearchPort, type SearchPort, type SearchWorker } from './searchPort.ts'

/** While messages come, the worker is told to look at the log this often. */
const LOOK_PERIOD: Milliseconds = 250

/** How it stands with the open search. */
export type SearchProgress = {
  count: number
  /** What part of the log was looked at, from 0 to 1. */
  part: number
  /** It took too long for one part of the log and was ended, or its worker could not run, or the disk. */
  trouble?: 'silent' | 'broken' | StorageFailure
}

const NOTHING_YET: SearchProgress = { count: 0, part: 0 }

/**
 * What is searched for. Owns the search worker, which lives as long as a search is open: there is one at
 * a time, because a page shows one log at a time.
 */
export const useSearches = defineStore('searches', () => {
  const messages = useMessages()
  const connections = useConnections()

  /** What was typed for each connection; in memory only, so that a reload starts without a search. */
  const texts = shallowRef<ReadonlyMap<ConnectionId, string>>(new Map())
  const progress = shallowRef<SearchProgress>(NOTHING_YET)
  /** Replaced whenever hits came or went. */
  const hits = shallowRef<{ list: HitList; cleared: number }>({ list: new HitList(), cleared: 0 })

  /** Whose log is searched. */
  const connection = shallowRef<ConnectionId>()

  let startWorker: (() => SearchWorker) | undefined
  let port: SearchPort | undefined
  let id: SearchId = 0
  let lookTimer: ReturnType<typeof setTimeout> | undefined
  let lastMark = 0
  const marks = new Map<number, (hits: Hit[]) => void>()

  /** Says how a worker is started; call once, from the composition root. */
  function provide(start: () => SearchWorker) {
    startWorker = start
  }

  function textOf(of: ConnectionId): string {
    return texts.value.get(of) ?? ''
  }

  function setText(of: ConnectionId, text: string) {
    texts.value = new Map(texts.value).set(of, text)
  }

  /** Searches the log of a connection, in place of what was searched before. */
  function begin(of: ConnectionId, search: Search) {
    connection.value = of
    id += 1
    hits.value = { list: new HitList(), cleared: hits.value.cleared }
    progress.value = NOTHING_YET
    open()
    port?.send({ type: 'begin', id, connection: of, search })
  }

  /** Starts the worker ahead, for what is about to be typed; `end` ends it again. */
  function warmUp(of: ConnectionId) {
    open()
    port?.send({ type: 'prepare', connection: of })
  }

  function open() {
    try {
      port ??= startWorker && openSearchPort(startWorker, { onEvent: receive, onLost: lose })
    } catch {
      // The browser denies workers.
      lose('broken')
    }
  }

  /** Ends the search and its worker, with all that it had in memory. */
  function end() {
    connection.value = undefined
    closePort()
    hits.value = { list: new HitList(), cleared: hits.value.cleared }
    progress.value = NOTHING_YET
  }

  /** A view on the hits instead of the log: its rows are hits, whatever filter it is asked to show. */
  function openView(onContent: (content: ViewContent) => void): MessageView {
    return openHitView(messages.openView, hits, onContent)
  }

  /** The number of this hit in the view, or of the next one where it is none. */
  function numberOf(seq: Seq): number {
    return hits.value.list.numberOf(seq)
  }

  /**
   * Where a search is found in a text. Regular expressions are left to the worker, which can be ended;
   * while they are on their way, and where there is no worker, the words are found alone.
   */
  function mark(search: Search, text: string, onHits: (hits: Hit[]) => void) {
    const plain = plainPart(search)
    onHits(hitsIn(plain, text))
    if (!port || plain.terms.length === search.terms.length) return
    lastMark += 1
    marks.set(lastMark, onHits)
    port.send({ type: 'mark', id: lastMark, search, text })
  }

  function receive(event: SearchEvent) {
    if (event.type === 'marked') {
      marks.get(event.id)?.(event.hits)
      marks.delete(event.id)
      return
    }
    if (event.type === 'pong' || event.id !== id) return
    const { list, cleared } = hits.value
    switch (event.type) {
      case 'emptied':
        hits.value = { list: new HitList(), cleared: event.cleared }
        progress.value = NOTHING_YET
        return
      case 'found':
        list.add(event)
        if (event.older.length + event.newer.length > 0) hits.value = { list, cleared }
        progress.value = {
          count: list.count,
          part: event.total === 0 ? 1 : event.tested / event.total,
        }
        return
      case 'shortened':
        list.shorten(event.start, event.kept)
        hits.value = { list, cleared }
        progress.value = { ...progress.value, count: list.count }
        return
      case 'failed':
        progress.value = { ...progress.value, trouble: event.failure }
        return
      default:
        unreachable(event)
    }
  }

  function lose(cause: 'silent' | 'broken') {
    closePort()
    progress.value = { ...progress.value, trouble: cause }
  }

  function closePort() {
    port?.close()
    port = undefined
    marks.clear()
    clearTimeout(lookTimer)
    lookTimer = undefined
  }

  // The counts change with the log, many times a second in a flood.
  watch(
    () => connection.value && connections.get(connection.value)?.totals,
    () => {
      if (!port) return
      lookTimer ??= setTimeout(() => {
        lookTimer = undefined
        port?.send({ type: 'look' })
      }, LOOK_PERIOD)
    },
  )

  return { progress, provide, textOf, setText, warmUp, begin, end, openView, numberOf, mark }
})
