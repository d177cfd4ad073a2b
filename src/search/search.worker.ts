/** The worker's entry. A page starts it when somebody searches, and ends it afterwards or when it hangs. */
import { unreachable } from '@/core/failure.ts'
import { hitsIn } from '@/core/search/hitsIn.ts'
import { nextTurn } from './nextTurn.ts'
import type { SearchCommand, SearchEvent } from './protocol.ts'
import { Searcher } from './searcher.ts'

const scope = self as unknown as DedicatedWorkerGlobalScope
const emit = (event: SearchEvent) => scope.postMessage(event)
const searcher = new Searcher({ emit, now: () => performance.now(), nextTurn })

scope.addEventListener('message', ({ data }: MessageEvent<SearchCommand>) => {
  switch (data.type) {
    case 'prepare':
      searcher.prepare(data.connection)
      return
    case 'begin':
      void searcher.begin(data)
      return
    case 'look':
      searcher.look()
      return
    case 'ping':
      emit({ type: 'pong' })
      return
    case 'mark':
      emit({ type: 'marked', id: data.id, hits: hitsIn(data.search, data.text) })
      return
    default:
      unreachable(data)
  }
})
