import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import type { Row } from '@/core/message.ts'
import { newProfile } from '@/core/profile.ts'
import type { Search } from '@/core/search/search.ts'
import { NO_TOTALS } from '@/core/totals.ts'
import type { Command } from '@/engine/protocol.ts'
import { SEARCH_PING_PERIOD, SEARCH_SILENCE } from '@/search/protocol.ts'
import type { SearchCommand, SearchEvent } from '@/search/protocol.ts'
import { useConnections } from './connections.ts'
import { useEngine } from './engine.ts'
import { useMessages, type ViewContent } from './messages.ts'
import { useSearches } from './searches.ts'
import type { SearchWorker } from './searchPort.ts'

const one = '0000000000000001' as ConnectionId
const words: Search = { terms: [{ kind: 'text', text: 'a', negated: false }] }
const pattern: Search = {
  terms: [{ kind: 'pattern', source: 'b', flags: 'u', negated: false }, ...words.terms],
}

/** The worker as the page sees it; it answers pings as long as it is not busy. */
class FakeWorker {
  readonly commands: SearchCommand[] = []
  readonly listeners = new Map<string, (event: { data?: SearchEvent }) => void>()
  isBusy = false
  isEnded = false
  postMessage(command: SearchCommand) {
    this.commands.push(command)
    if (command.type === 'ping' && !this.isBusy) this.say({ type: 'pong' })
  }
  addEventListener(type: string, listener: (event: { data?: SearchEvent }) => void) {
    this.listeners.set(type, listener)
  }
  terminate() {
    this.isEnded = true
  }
  say(event: SearchEvent) {
    this.listeners.get('message')?.({ data: event })
  }
  get prepared() {
    return this.commands.flatMap((each) => (each.type === 'prepare' ? each.connection : []))
  }
  get begun() {
    return this.commands.filter((command) => command.type === 'begin')
  }
}

let workers: FakeWorker[]
let sent: Command[]

const last = () => workers.at(-1) ?? new FakeWorker()
const id = () => last().begun.at(-1)?.id ?? -1
const found = (older: number[], newer: number[] = [], tested = 100, total = 100) =>
  last().say({ type: 'found', id: id(), older, newer, tested, total })

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  sent = []
  workers = []
  vi.spyOn(useEngine(), 'send').mockImplementation((command) => sent.push(command))
  useSearches().provide(() => {
    workers.push(new FakeWorker())
    return last() as unknown as SearchWorker
  })
})

afterEach(() => vi.useRealTimers())

describe('the search of a page', () => {
  test('[SP2] starts a worker when something is searched for, and ends it with the search', () => {
    const searches = useSearches()
    expect(workers).toHaveLength(0)
    searches.begin(one, words)
    expect(last().begun).toMatchObject([{ connection: one, search: words }])
    searches.begin(one, pattern)
    expect(workers).toHaveLength(1)
    found([1, 2])
    searches.end()
    expect(last().isEnded).toBe(true)
    expect(searches.progress).toEqual({ count: 0, part: 0 })
  })

  test('[SP2] starts it ahead when somebody is about to type, and uses that one', () => {
    const searches = useSearches()
    searches.warmUp(one)
    expect(workers).toHaveLength(1)
    expect(last().prepared).toEqual([one])
    expect(last().begun).toEqual([])
    searches.begin(one, words)
    expect(workers).toHaveLength(1)
    searches.end()
    searches.warmUp(one)
    searches.end()
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, true])
  })

  test('[SP2] counts hits, and hears nothing of an earlier search', () => {
    const searches = useSearches()
    searches.begin(one, words)
    const earlier = id()
    searches.begin(one, pattern)
    last().say({ type: 'found', id: earlier, older: [9], newer: [], tested: 1, total: 1 })
    expect(searches.progress.count).toBe(0)
    found([5, 6], [], 25)
    expect(searches.progress).toEqual({ count: 2, part: 0.25 })
    last().say({ type: 'shortened', id: id(), start: 6, kept: [] })
    expect(searches.progress.count).toBe(1)
    last().say({ type: 'emptied', id: id(), cleared: 1 })
    expect(searches.progress).toEqual({ count: 0, part: 0 })
    found([], [], 0, 0)
    expect(searches.progress).toEqual({ count: 0, part: 1 })
  })

  test('[SP3] ends a worker that does not answer, says so, and starts another for the next search', () => {
    const searches = useSearches()
    searches.begin(one, pattern)
    found([1])
    vi.advanceTimersByTime(10 * SEARCH_SILENCE)
    expect(searches.progress.trouble).toBeUndefined()
    last().isBusy = true
    vi.advanceTimersByTime(SEARCH_SILENCE - SEARCH_PING_PERIOD)
    expect(last().isEnded).toBe(false)
    vi.advanceTimersByTime(3 * SEARCH_PING_PERIOD)
    expect(last().isEnded).toBe(true)
    expect(searches.progress).toEqual({ count: 1, part: 1, trouble: 'silent' })
    searches.begin(one, words)
    expect(workers).toHaveLength(2)
    expect(searches.progress.trouble).toBeUndefined()
  })

  test('[SP3] a worker that takes long to load is waited for; one that cannot be loaded is not', () => {
    const searches = useSearches()
    searches.provide(() => {
      workers.push(new FakeWorker())
      last().isBusy = true
      return last() as unknown as SearchWorker
    })
    searches.begin(one, words)
    vi.advanceTimersByTime(10 * SEARCH_SILENCE)
    expect(searches.progress.trouble).toBeUndefined()
    last().listeners.get('error')?.({})
    expect(searches.progress.trouble).toBe('broken')
    searches.provide(() => {
      throw new Error('Workers are denied')
    })
    searches.begin(one, words)
    expect(searches.progress.trouble).toBe('broken')
  })

  test('[SP3] a log that cannot be read is said', () => {
    const searches = useSearches()
    searches.begin(one, words)
    const failure = { code: 'storage', what: 'log', cause: 'other', detail: 'x' } as const
    last().say({ type: 'failed', id: id(), failure })
    expect(searches.progress.trouble).toEqual(failure)
  })

  test('[SP4] tells the worker when the counts have changed, a few times a second', async () => {
    const connections = useConnections()
    const profile = newProfile(one, 'client', { scheme: 'ws', host: 'a', port: 1, path: '/' }, 0)
    const snapshot = {
      profile,
      subscriptions: [],
      unexplained: [],
      unacknowledged: [],
      draft: BLANK_DRAFT,
      totals: NO_TOTALS,
    }
    connections.replaceAll([{ ...snapshot, state: { phase: 'disconnected' } }], undefined)
    const searches = useSearches()
    searches.begin(one, words)
    for (let received = 1; received <= 100; received += 1) {
      connections.changeTotals([[one, { ...NO_TOTALS, received }]])
      await vi.advanceTimersByTimeAsync(10)
    }
    await vi.advanceTimersByTimeAsync(1_000)
    const looks = last().commands.filter(({ type }) => type === 'look').length
    expect(looks).toBeGreaterThanOrEqual(3)
    expect(looks).toBeLessThanOrEqual(5)
  })

  test('[SP5] what was typed belongs to its connection', () => {
    const searches = useSearches()
    searches.setText(one, 'a')
    expect(searches.textOf(one)).toBe('a')
    expect(searches.textOf('2' as ConnectionId)).toBe('')
  })
})

describe('a view of hits', () => {
  const row = (seq: number) => ({ kind: 'mark', seq }) as unknown as Row
  const asked = () => {
    const watch = sent.findLast((command) => command.type === 'watch')
    return watch && 'seqs' in watch.window ? watch.window.seqs : undefined
  }
  const answer = (...seqs: number[]) => {
    const watch = sent.findLast((command) => command.type === 'watch')
    const rows = seqs.map(row)
    const content = { first: 0, count: rows.length, from: 0, rows, cleared: 0 }
    useMessages().receive({ type: 'rows', view: watch?.view ?? -1, ...content })
  }

  test('[SP6] asks for the rows of the hits in its window, and again when others are in it', () => {
    const searches = useSearches()
    searches.begin(one, words)
    const contents: ViewContent[] = []
    const view = searches.openView((content) => contents.push(content))
    view.show(one, {}, { last: 2 })
    expect(asked()).toEqual([])
    found([10, 20, 30])
    expect(asked()).toEqual([20, 30])
    answer(20, 30)
    expect(contents.at(-1)).toMatchObject({ first: -3, count: 3, from: -2 })
    sent = []
    found([5])
    expect(sent).toEqual([])
    expect(contents.at(-1)).toMatchObject({ first: -4, count: 4, from: -2 })
    found([], [40])
    expect(asked()).toEqual([30, 40])
    expect(contents.at(-1)).toMatchObject({ count: 5, from: -2 })
    answer(30, 40)
    expect(contents.at(-1)).toMatchObject({ count: 5, from: -1 })
    view.show(one, {}, { from: -4, to: -2 })
    expect(asked()).toEqual([5, 10])
  })

  test('[SP6] starts anew with another search or an emptied log, and is silent when it is closed', () => {
    const searches = useSearches()
    searches.begin(one, words)
    const contents: ViewContent[] = []
    const view = searches.openView((content) => contents.push(content))
    view.show(one, {}, { last: 2 })
    found([10, 20])
    answer(10, 20)
    last().say({ type: 'emptied', id: id(), cleared: 3 })
    expect(contents.at(-1)).toEqual({ first: 0, count: 0, from: 0, rows: [], cleared: 3 })
    view.close()
    const { length } = contents
    found([30])
    expect(contents).toHaveLength(length)
    expect(sent.at(-1)?.type).toBe('unwatch')
  })
})

describe('highlights', () => {
  test('[SP7] words are found by the page, regular expressions by the worker', () => {
    const searches = useSearches()
    searches.begin(one, pattern)
    const onHits = vi.fn()
    searches.mark(words, 'xa', onHits)
    expect(onHits.mock.calls).toEqual([[[{ from: 1, to: 2 }]]])
    onHits.mockClear()
    searches.mark(pattern, 'ab', onHits)
    expect(onHits.mock.calls).toEqual([[[{ from: 0, to: 1 }]]])
    const mark = last().commands.findLast((command) => command.type === 'mark')
    expect(mark).toMatchObject({ search: pattern, text: 'ab' })
    last().say({ type: 'marked', id: mark?.id ?? -1, hits: [{ from: 0, to: 2 }] })
    expect(onHits).toHaveBeenLastCalledWith([{ from: 0, to: 2 }])
  })
})
