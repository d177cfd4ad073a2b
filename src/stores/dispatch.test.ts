import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { newProfile } from '@/core/profile.ts'
import { NO_LIMITS, type SessionState } from '@/core/session.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import type { Command, ConnectionSnapshot, EngineEvent } from '@/engine/protocol.ts'
import { useConnections } from './connections.ts'
import { dispatch } from './dispatch.ts'
import { useEngine } from './engine.ts'
import { useMessages } from './messages.ts'
import { useNotices } from './notices.ts'
import { usePublishing } from './publishing.ts'
import { useSettings } from './settings.ts'

const one = '0000000000000001' as ConnectionId
const two = '0000000000000002' as ConnectionId
const three = '0000000000000003' as ConnectionId
const broker = { scheme: 'ws', host: 'localhost', port: 9001, path: '/mqtt' } as const
const message = { topic: 'a', payload: new Uint8Array(), qos: 0, retain: false } as const

let sent: Command[]

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  vi.stubGlobal('document', { documentElement: { dataset: {} }, querySelectorAll: () => [] })
  setActivePinia(createPinia())
  sent = []
  vi.spyOn(useEngine(), 'send').mockImplementation((command) => sent.push(command))
})

afterEach(() => vi.unstubAllGlobals())

function connected(since: number, ping?: number): SessionState {
  const limits = NO_LIMITS
  return { phase: 'connected', since, story: { origin: 'clean' }, limits, ...(ping && { ping }) }
}

/** A connection; `id` ends in its place in the order of making. */
function snapshot(id: ConnectionId, state: SessionState = { phase: 'disconnected' }) {
  const profile = newProfile(id, 'client', broker, Number(id))
  const rest = {
    subscriptions: [],
    unexplained: [],
    draft: BLANK_DRAFT,
    totals: NO_TOTALS,
    unacknowledged: [],
  }
  return { profile: { ...profile, name: id }, state, ...rest } satisfies ConnectionSnapshot
}

function welcome(...connections: ConnectionSnapshot[]) {
  dispatch({ type: 'welcome', settings: { theme: 'system' }, connections, lastConnected: two })
}

function order() {
  return useConnections().list.map(({ profile }) => profile.id)
}

describe('the health of the engine', () => {
  test('[PG4] a welcome makes it running, whatever it was before', () => {
    useEngine().health = 'silent'
    welcome()
    expect(useEngine().health).toBe('running')
  })

  test('[PG4] a silent engine that answers again is running', () => {
    useEngine().health = 'silent'
    dispatch({ type: 'pong' })
    expect(useEngine().health).toBe('running')
  })

  test.each(['starting', 'occupied', 'retired', 'broken'] as const)(
    '[PG4] an answer to a ping changes nothing while it is %s',
    (health) => {
      useEngine().health = health
      dispatch({ type: 'pong' })
      expect(useEngine().health).toBe(health)
    },
  )

  test('[PG4] a start that failed says why', () => {
    dispatch({ type: 'broken', detail: 'SecurityError' })
    expect(useEngine()).toMatchObject({ health: 'broken', detail: 'SecurityError' })
  })

  test('[PG4] a browser without workers leads to a broken engine and not to an exception', () => {
    vi.stubGlobal('SharedWorker', function refuse() {
      throw new Error('denied')
    })
    useEngine().start(new URL('http://localhost/engine.js'), dispatch)
    expect(useEngine()).toMatchObject({ health: 'broken', detail: 'denied' })
  })
})

describe('the connections', () => {
  test('[PG5] a connection that is restored returns to its place', () => {
    welcome(snapshot(one), snapshot(two), snapshot(three))
    dispatch({ type: 'connectionDeleted', connection: two })
    expect(order()).toEqual([one, three])
    dispatch({ type: 'connectionSaved', connection: snapshot(two) })
    expect(order()).toEqual([one, two, three])
  })

  test('[PG5] an event for a connection that was deleted does not bring it back', () => {
    welcome(snapshot(one))
    dispatch({ type: 'connectionDeleted', connection: one })
    const late: EngineEvent[] = [
      { type: 'stateChanged', connection: one, state: connected(1) },
      { type: 'totalsChanged', totals: [[one, NO_TOTALS]] },
      { type: 'draftChanged', connection: one, draft: BLANK_DRAFT },
    ]
    for (const event of late) dispatch(event)
    expect(order()).toEqual([])
  })

  test('[PG6] the next form starts from the connection that connected last', () => {
    welcome(snapshot(one, connected(20)), snapshot(two, connected(30)), snapshot(three))
    expect(useConnections().lastConnected).toBe(two)
    dispatch({ type: 'stateChanged', connection: three, state: connected(40) })
    expect(useConnections().lastConnected).toBe(three)
  })

  test('[PG6] a ping of another connection does not count as connecting', () => {
    welcome(snapshot(one, connected(20)), snapshot(two, connected(30)))
    dispatch({ type: 'stateChanged', connection: one, state: connected(20, 3) })
    expect(useConnections().lastConnected).toBe(two)
  })

  test('[PG5] counts of several logs change together', () => {
    welcome(snapshot(one), snapshot(two))
    dispatch({
      type: 'totalsChanged',
      totals: [
        [one, { ...NO_TOTALS, received: 1 }],
        [two, { ...NO_TOTALS, received: 2 }],
      ],
    })
    expect(useConnections().list.map(({ totals }) => totals.received)).toEqual([1, 2])
  })
})

describe('an engine that starts again', () => {
  test('[PG7] is asked again for the views that are open and the payloads that are missing', async () => {
    const messages = useMessages()
    const view = messages.openView(() => undefined)
    const closed = messages.openView(() => undefined)
    view.show(one, {}, { last: 10 })
    closed.show(one, {}, { last: 10 })
    closed.close()
    const payload = messages.readPayload(one, 7)
    const asked = sent.filter(({ type }) => type === 'watch' || type === 'readPayload')
    sent = []

    welcome(snapshot(one))
    expect(sent).toEqual([asked[0], asked[2]])

    const read = sent.find((command) => command.type === 'readPayload')
    dispatch({ type: 'payload', request: read?.request ?? 0, payload: new Uint8Array([1]) })
    await expect(payload).resolves.toEqual(new Uint8Array([1]))
  })

  test('[PG7] leaves no publisher waiting', async () => {
    const result = usePublishing().publish(one, message)
    welcome(snapshot(one))
    await expect(result).resolves.toMatchObject({ failure: { code: 'publish-failed' } })
  })
})

describe('what else the engine says', () => {
  test('[PG8] settings from any tab are adopted', () => {
    dispatch({ type: 'settingsChanged', settings: { theme: 'dark' } })
    expect(useSettings().isDark).toBe(true)
  })

  test('[PG8] the publisher is told what became of the message', async () => {
    const result = usePublishing().publish(one, message)
    const outcome = { seq: 3, outcome: { state: 'sent' } } as const
    const [command] = sent
    if (command?.type !== 'publish') throw new Error('Nothing was published')
    dispatch({
      type: 'published',
      connection: one,
      request: command.request,
      result: outcome,
    })
    await expect(result).resolves.toEqual(outcome)
  })

  test('[PG9] a failure becomes a notice with the connection’s name, and only one however often', () => {
    welcome(snapshot(one))
    const failure = { code: 'storage', what: 'log', cause: 'quota', detail: '' } as const
    dispatch({ type: 'failed', connection: one, failure })
    dispatch({ type: 'failed', connection: one, failure })
    expect(useNotices().notices).toHaveLength(1)
    expect(useNotices().notices[0]?.title).toContain(one)
  })
})
