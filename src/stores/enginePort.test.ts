import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ENGINE_SILENCE, PING_PERIOD, type Command, type EngineEvent } from '@/engine/protocol.ts'
import { openEnginePort, type EngineTrouble } from './enginePort.ts'

type Listener = (event: { data?: EngineEvent; persisted?: boolean }) => void

/** The end of the wire that the browser keeps: records commands, says events. */
class FakeChannel {
  readonly sent: Command[] = []
  readonly listeners = new Map<string, Listener>()
  start() {}
  postMessage(command: Command) {
    this.sent.push(command)
  }
  addEventListener(type: string, listener: Listener) {
    this.listeners.set(type, listener)
  }
  say(event: EngineEvent) {
    this.listeners.get('message')?.({ data: event })
  }
}

class FakeSharedWorker extends FakeChannel {
  readonly port = channel
}

const script = new URL('http://localhost/assets/engine.js')

let channel: FakeChannel
let page: Map<string, Listener>
let heard: EngineEvent[]
let troubles: EngineTrouble[]

beforeEach(() => {
  vi.useFakeTimers()
  channel = new FakeChannel()
  page = new Map()
  heard = []
  troubles = []
  vi.stubGlobal('SharedWorker', FakeSharedWorker)
  vi.stubGlobal('addEventListener', (type: string, listener: Listener) => page.set(type, listener))
  vi.stubGlobal('removeEventListener', (type: string) => page.delete(type))
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function open() {
  return openEnginePort(script, {
    onEvent: (event) => heard.push(event),
    onTrouble: (trouble) => troubles.push(trouble),
  })
}

describe('the page’s end of the wire', () => {
  test('[PG1] says hello first, then pings, and passes on what the engine says', () => {
    open()
    vi.advanceTimersByTime(PING_PERIOD)
    channel.say({ type: 'pong' })
    expect(channel.sent).toEqual([{ type: 'hello' }, { type: 'ping' }])
    expect(heard).toEqual([{ type: 'pong' }])
  })

  test('[PG2] an engine that says nothing for three seconds is in trouble', () => {
    open()
    vi.advanceTimersByTime(ENGINE_SILENCE - 1)
    expect(troubles).toEqual([])
    vi.advanceTimersByTime(1)
    expect(troubles).toEqual(['silent'])
  })

  test('[PG2] an engine that answers every ping is in none', () => {
    open()
    for (let second = 0; second < 10; second += 1) {
      vi.advanceTimersByTime(PING_PERIOD)
      channel.say({ type: 'pong' })
    }
    expect(troubles).toEqual([])
  })

  test('[PG2] an error of a dedicated worker is trouble only before it has ever answered', () => {
    vi.stubGlobal('SharedWorker', undefined)
    const workers: FakeChannel[] = []
    vi.stubGlobal(
      'Worker',
      class extends FakeChannel {
        constructor() {
          super()
          workers.push(this)
        }
      },
    )
    open()
    const [worker] = workers
    worker?.say({ type: 'pong' })
    worker?.listeners.get('error')?.({})
    expect(troubles).toEqual([])

    open()
    workers[1]?.listeners.get('error')?.({})
    expect(troubles).toEqual(['silent'])
  })

  test('[PG3] says goodbye when the page is left, and hello when the browser brings it back', () => {
    open()
    page.get('pagehide')?.({ persisted: true })
    page.get('pageshow')?.({ persisted: true })
    expect(channel.sent.map(({ type }) => type)).toEqual(['hello', 'goodbye', 'hello'])
  })

  test('[PG3] a page that is shown for the first time does not say hello twice', () => {
    open()
    page.get('pageshow')?.({ persisted: false })
    expect(channel.sent.map(({ type }) => type)).toEqual(['hello'])
  })

  test('[PG3] once closed it says goodbye and nothing more', () => {
    open().close()
    vi.advanceTimersByTime(10 * PING_PERIOD)
    expect(channel.sent.map(({ type }) => type)).toEqual(['hello', 'goodbye'])
    expect(troubles).toEqual([])
    expect(page.size).toBe(0)
  })
})
