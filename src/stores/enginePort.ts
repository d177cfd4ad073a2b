import { ENGINE_SILENCE, PING_PERIOD, type Command, type EngineEvent } from '@/engine/protocol.ts'
import { abandonEngine, engineName } from './engineName.ts'

/**
 * The page's end of the wire to the engine. Owns the worker and the watch over its life; knows nothing
 * of what the commands and events mean.
 */
export interface EnginePort {
  send(command: Command): void
  /** Sees to it that the next page does not join this engine, which does not answer. */
  abandon(): void
  /** Stops the pings and says goodbye; the engine itself goes on. */
  close(): void
}

export type EngineTrouble =
  /** No `pong` for `ENGINE_SILENCE`, or the script could not be loaded. */
  'silent'

export type PortListener = {
  onEvent(event: EngineEvent): void
  onTrouble(trouble: EngineTrouble): void
}

/** The part of MessagePort and Worker that both have. */
type Channel = {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
}

/**
 * Starts the engine, or joins the one that other tabs already run, and sends `hello`.
 *
 * A worker that dies raises no event anywhere, so the port pings. Silence is counted in ticks of the
 * page's own timer, not in wall time: a page that was suspended wakes up with an old clock and must not
 * blame the engine for it.
 */
export function openEnginePort(script: URL, listener: PortListener): EnginePort {
  const fail = () => listener.onTrouble('silent')
  // A dedicated worker also reports its uncaught errors here; they end nothing once it has started.
  const name = engineName()
  const channel = startWorker(script, name, () => {
    if (!wasHeard) fail()
  })
  let wasHeard = false
  let unanswered = 0

  channel.addEventListener('message', (event: MessageEvent) => {
    wasHeard = true
    unanswered = 0
    listener.onEvent(event.data as EngineEvent)
  })
  const timer = setInterval(() => {
    unanswered += 1
    if (unanswered * PING_PERIOD >= ENGINE_SILENCE) fail()
    channel.postMessage({ type: 'ping' } satisfies Command)
  }, PING_PERIOD)

  const send = (command: Command) => channel.postMessage(command)
  const goodbye = () => send({ type: 'goodbye' })
  // Back from the browser's back/forward cache, the page has been forgotten and missed events.
  const helloAgain = ({ persisted }: PageTransitionEvent) => {
    if (persisted) send({ type: 'hello' })
  }
  addEventListener('pagehide', goodbye)
  addEventListener('pageshow', helloAgain)
  send({ type: 'hello' })

  return {
    send,
    abandon: () => abandonEngine(name),
    close() {
      clearInterval(timer)
      removeEventListener('pagehide', goodbye)
      removeEventListener('pageshow', helloAgain)
      goodbye()
    },
  }
}

function startWorker(script: URL, name: string, onError: () => void): Channel {
  if (typeof SharedWorker === 'undefined') {
    const worker = new Worker(script, { type: 'module', name })
    worker.addEventListener('error', onError)
    return worker
  }
  // With `extendedLifetime` (Chromium ≥ 148) the worker, and so its sockets, outlive a reload of the
  // only tab; other browsers ignore the option.
  const options = { type: 'module', name, extendedLifetime: true } as WorkerOptions
  const shared = new SharedWorker(script, options)
  shared.addEventListener('error', onError)
  shared.port.start()
  return shared.port
}
