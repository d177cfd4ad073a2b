import { beforeEach, describe, expect, test, vi } from 'vitest'
import { BLANK_DRAFT } from '@/core/draft.ts'
import type { ConnectionId } from '@/core/id.ts'
import { publishFieldsOf } from '@/core/publishForm.ts'
import { dropUnsaved, keepUnsaved, takeUnsaved } from './unsavedDraft.ts'

const one = '0000000000000001' as ConnectionId
const other = '0000000000000002' as ConnectionId
const fields = { ...publishFieldsOf(BLANK_DRAFT), topic: 'a', payload: '1' }

let kept: Map<string, string>

beforeEach(() => {
  kept = new Map()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  })
})

describe('what was typed when the page went away', () => {
  test('[PB19] comes back once, for its own connection', () => {
    keepUnsaved(one, fields)
    expect(takeUnsaved(other)).toBeUndefined()
    expect(takeUnsaved(one)).toEqual(fields)
    expect(takeUnsaved(one)).toBeUndefined()
  })

  test('[PB19] is forgotten when the page itself comes back', () => {
    keepUnsaved(one, fields)
    dropUnsaved()
    expect(takeUnsaved(one)).toBeUndefined()
  })

  test.each(['{', 'null', '{"connection":"0000000000000001","fields":{"topic":1}}'])(
    '[PB20] what cannot be read is nothing: %s',
    (text) => {
      keepUnsaved(one, fields)
      for (const key of kept.keys()) kept.set(key, text)
      expect(takeUnsaved(one)).toBeUndefined()
    },
  )

  test('[PB20] storage that is denied or full stops nothing', () => {
    vi.stubGlobal('sessionStorage', undefined)
    expect(() => keepUnsaved(one, fields)).not.toThrow()
    expect(takeUnsaved(one)).toBeUndefined()
  })
})
