import type { SearchCommand, SearchEvent } from '@/search/protocol.ts'
import { SEARCH_PING_PERIOD, SEARCH_SILENCE } from '@/search/protocol.ts'

/** The page's end of the wire to its search worker. */
export interface SearchPort {
  send(command: SearchCommand): void
  /** Ends the worker, whatever it is at. */
  close(): void
}

export type SearchPortListener = {
  onEvent(event: SearchEvent): void
  /** The worker did not answer for `SEARCH_SILENCE`, or could not be loaded; it was ended. */
  onLost(cause: 'silent' | 'broken'): void
}

/** The part of a Worker that is used here. */
export type SearchWorker = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>

/**
 * Starts the worker and watches over it. A worker that waits for the disk answers pings; one that does
 * not is at work on one thing that has no end. Silence is counted in ticks of the page's own timer, which
 * a page that was suspended cannot blame on the worker.
 */
export function openSearchPort(
  start: () => SearchWorker,
  listener: SearchPortListener,
): SearchPort {
  const worker = start()
  let unanswered = 0
  /** Until its script has run, a worker cannot answer, however long that takes. */
  let wasHeard = false
  let isClosed = false

  const lose = (cause: 'silent' | 'broken') => {
    if (isClosed) return
    close()
    listener.onLost(cause)
  }
  worker.addEventListener('message', ({ data }: MessageEvent<SearchEvent>) => {
    if (isClosed) return
    wasHeard = true
    unanswered = 0
    if (data.type !== 'pong') listener.onEvent(data)
  })
  worker.addEventListener('error', () => lose('broken'))
  const send = (command: SearchCommand) => {
    if (!isClosed) worker.postMessage(command)
  }
  const timer = setInterval(() => {
    if (wasHeard) unanswered += 1
    if (unanswered * SEARCH_PING_PERIOD > SEARCH_SILENCE) lose('silent')
    else send({ type: 'ping' })
  }, SEARCH_PING_PERIOD)

  function close() {
    isClosed = true
    clearInterval(timer)
    worker.terminate()
  }

  send({ type: 'ping' })
  return { send, close }
}
