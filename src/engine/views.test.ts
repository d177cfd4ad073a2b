import 'fake-indexeddb/auto'
import { beforeEach, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { StorageError } from '@/core/storageError.ts'
import type { MessageLog } from '@/log/messageLog.ts'
import { message } from '@/log/sample.ts'
import { Page } from './pages.ts'
import type { EngineEvent, ViewFilter, ViewWindow } from './protocol.ts'
import { emptyIndexedDb, openLog } from './testing/logs.ts'
import { Views, type Viewable } from './views.ts'

type Rows = Extract<EngineEvent, { type: 'rows' }>

const [a, b] = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb'] as ConnectionId[] as [
  ConnectionId,
  ConnectionId,
]
const rowContext = { matching: () => [], outcomeOf: () => undefined }

class Reader extends Page {
  readonly got: Rows[] = []

  constructor() {
    super({
      postMessage: (event) => {
        if (event.type === 'rows') this.got.push(event)
      },
    })
  }
}

let logs: Map<ConnectionId, MessageLog>
const onError = vi.fn()
const onDirty = vi.fn()
let views: Views
let page: Reader

beforeEach(async () => {
  emptyIndexedDb()
  logs = new Map([
    [a, await openLog(a)],
    [b, await openLog(b)],
  ])
  vi.clearAllMocks()
  views = new Views({
    find: (connection): Viewable | undefined => {
      const log = logs.get(connection)
      return log && { log, rowContext }
    },
    onDirty,
    onError,
  })
  page = new Reader()
})

function watch(
  view: number,
  connection: ConnectionId,
  filter: ViewFilter = {},
  window: ViewWindow = { last: 10 },
) {
  views.watch(page, { type: 'watch', view, connection, filter, window })
}

async function write(connection: ConnectionId, ...topics: string[]) {
  await logs.get(connection)?.write(topics.map((topic) => message({ topic })))
  views.changed(connection)
}

async function flush() {
  views.flush()
  await new Promise((resolve) => setTimeout(resolve, 20))
}

function topics(rows: Rows | undefined) {
  return rows?.rows.map((row) => row.kind === 'message' && row.topic)
}

test('[VW9] a view is sent when it is opened and when its log changed, once for each flush', async () => {
  watch(1, a)
  await flush()
  await write(a, 'x')
  await write(a, 'y')
  await flush()
  await flush()
  expect(page.got.map(({ count }) => count)).toEqual([0, 2])
})

test('[VW10] a view shows its own connection, whatever changes', async () => {
  await write(a, 'of a')
  await write(b, 'of b')
  watch(1, a)
  watch(2, b)
  await flush()
  watch(1, b)
  await flush()
  await write(a, 'of a again')
  await flush()
  expect(page.got.map((rows) => [rows.view, topics(rows)])).toEqual([
    [1, ['of a']],
    [2, ['of b']],
    [1, ['of b']],
  ])
})

test('[VW10] rows that were read for a view that is another one by now are not sent', async () => {
  await write(a, 'of a')
  await write(b, 'of b')
  watch(1, a)
  views.flush()
  watch(1, b)
  await flush()
  await flush()
  expect(page.got.map(topics)).toEqual([['of b']])
})

test('[VW11] a moved window is answered although the last answer is still being read', async () => {
  await write(a, 'x', 'y', 'z')
  watch(1, a, {}, { from: 0, to: 1 })
  views.flush()
  watch(1, a, {}, { from: 1, to: 2 })
  await flush()
  await flush()
  expect(page.got.map(topics)).toEqual([['x'], ['y']])
})

test('[VW12] nothing is sent to a view that was closed or a page that is gone', async () => {
  watch(1, a)
  watch(2, a)
  views.unwatch(page, 1)
  await flush()
  expect(page.got.map(({ view }) => view)).toEqual([2])
  views.forget(page)
  await write(a, 'x')
  await flush()
  expect(page.got).toHaveLength(1)
})

test('[VW13] a connection that is gone has no rows, and one that comes back has its own', async () => {
  await write(a, 'x')
  const log = logs.get(a)
  logs.delete(a)
  watch(1, a)
  await flush()
  if (log) logs.set(a, log)
  views.changed(a)
  await flush()
  expect(page.got.map(({ count }) => count)).toEqual([0, 1])
})

test('[VW14] a failure to read is said once, and the view goes on when it can', async () => {
  await write(a, 'x')
  const log = logs.get(a)
  const failure = { code: 'storage', what: 'log', cause: 'other', detail: '' } as const
  const read = log && vi.spyOn(log, 'read').mockRejectedValue(new StorageError(failure))
  watch(1, a)
  await flush()
  views.changed(a)
  await flush()
  expect(onError).toHaveBeenCalledOnce()
  read?.mockRestore()
  views.changed(a)
  await flush()
  expect(page.got).toHaveLength(1)
})

test('[VW15] a page that is not heard of gets no more than a few seconds of rows, and then the newest', async () => {
  watch(1, a)
  for (let n = 0; n < 100; n++) {
    await write(a, String(n))
    views.flush()
    await vi.waitFor(() => expect(page.got.length).toBe(Math.min(n + 1, 60)))
  }
  page.renewCredit()
  await flush()
  expect(page.got).toHaveLength(61)
  expect(page.got.at(-1)?.count).toBe(100)
})
