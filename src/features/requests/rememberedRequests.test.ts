import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { BLANK_REQUEST } from '@/core/requests/requestForm.ts'
import { recallRequests, rememberRequests } from './rememberedRequests.ts'

const one = '0000000000000001' as ConnectionId
const other = '0000000000000002' as ConnectionId
const fields = { ...BLANK_REQUEST, topic: 'ask', responseTopic: 'mine' }
const blank = { fields: BLANK_REQUEST, timeouts: new Map() }

let kept: Map<string, string>

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
})

describe('what the console of a connection remembers', () => {
  test('[RQ5] [RQ11] its fields and the time-out of each request, for its own connection', () => {
    const remembered = { fields, timeouts: new Map([['00ff', 7]]) }
    rememberRequests(one, remembered)
    expect(recallRequests(one)).toEqual(remembered)
    expect(recallRequests(other)).toEqual(blank)
  })

  test('[RQ5] of very many requests the latest', () => {
    const timeouts = new Map(Array.from({ length: 501 }, (_, i) => [String(i), i]))
    rememberRequests(one, { fields, timeouts })
    const recalled = [...recallRequests(one).timeouts.keys()]
    expect(recalled).toHaveLength(500)
    expect(recalled.at(-1)).toBe('500')
  })

  test.each(['{', 'null', '{"fields":{"topic":1},"timeouts":[]}'])(
    '[RQ11] what cannot be read is nothing: %s',
    (text) => {
      rememberRequests(one, { fields, timeouts: new Map() })
      for (const key of kept.keys()) kept.set(key, text)
      expect(recallRequests(one)).toEqual(blank)
    },
  )

  test('[RQ11] storage that is denied or full stops nothing', () => {
    vi.stubGlobal('sessionStorage', undefined)
    expect(() => rememberRequests(one, { fields, timeouts: new Map() })).not.toThrow()
    expect(recallRequests(one)).toEqual(blank)
  })
})
