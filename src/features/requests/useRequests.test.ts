import { createPinia, setActivePinia } from 'pinia'
import { describe, expect, test } from 'vitest'
import { effectScope, nextTick } from 'vue'
import type { Row } from '@/core/message.ts'
import { answerRow, requestRow } from '@/core/requests/testing/rows.ts'
import { useMessages } from '@/stores/messages.ts'
import { ID, openConnection } from './testing/openConnection.ts'
import { useRequests } from './useRequests.ts'

/** The requests of a console, and the views that it has open: `out` and the topics of answers. */
function open() {
  const views = new Map<string, number>()
  setActivePinia(createPinia())
  openConnection((command) => {
    if (command.type === 'watch') {
      views.set(command.filter.topicFilter ?? command.filter.direction ?? '', command.view)
    } else if (command.type === 'unwatch') {
      for (const [name, view] of views) if (view === command.view) views.delete(name)
    }
  })
  const scope = effectScope()
  const made = scope.run(() => useRequests(ID))
  if (!made) throw new Error('The scope has ended')
  const answer = async (name: string, rows: Row[]) => {
    const view = views.get(name) ?? -1
    useMessages().receive({ type: 'rows', view, first: 0, count: 0, from: 0, rows, cleared: 0 })
    await nextTick()
  }
  const shown = () =>
    made.requests.value?.map(({ row, answers }) => `${row.seq}: ${answers.length}`)
  return { ...made, views, answer, shown, leave: () => scope.stop() }
}

describe('the requests of a console', () => {
  test('[RQ1] come from the log, each once its answers have been looked for', async () => {
    const { answer, shown, isComplete } = open()
    expect(shown()).toBeUndefined()
    await answer('out', [requestRow(1, 'r', 'a'), requestRow(2, 's', 'b')])
    expect(shown()).toEqual([])
    expect(isComplete.value).toBe(false)
    await answer('s', [answerRow(3, 's', 'b')])
    expect(shown()).toEqual(['2: 1'])
    await answer('r', [])
    expect(shown()).toEqual(['2: 1', '1: 0'])
    expect(isComplete.value).toBe(true)
  })

  test('[RQ1] change when what became of them does, and not when a view says the same again', async () => {
    const { answer, requests } = open()
    await answer('out', [requestRow(1, 'r', 'a')])
    await answer('r', [answerRow(2, 'r', 'a')])
    const before = requests.value
    await answer('out', [requestRow(1, 'r', 'a')])
    await answer('r', [answerRow(2, 'r', 'a')])
    expect(requests.value).toBe(before)
    const outcome = { state: 'acknowledged', reasonCode: 0 } as const
    await answer('out', [{ ...requestRow(1, 'r', 'a'), outcome }])
    expect(requests.value?.[0]?.row).toMatchObject({ outcome })
  })

  test('[RQ1] are followed on the latest ten response topics, and on none that has gone', async () => {
    const { answer, views, leave } = open()
    const rows = Array.from({ length: 12 }, (_, i) => requestRow(i, `r${i}`, 'a'))
    await answer('out', rows)
    expect([...views.keys()].sort()).toEqual(
      ['out', 'r2', 'r3', 'r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10', 'r11'].sort(),
    )
    await answer('out', [requestRow(0, 'r0', 'a')])
    expect([...views.keys()]).toEqual(['out', 'r0'])
    leave()
    expect(views.size).toBe(0)
  })
})
