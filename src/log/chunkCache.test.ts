import { describe, expect, test } from 'vitest'
import type { ConnectionId } from '@/core/id.ts'
import { ChunkCache } from './chunkCache.ts'
import { message } from './sample.ts'
import { pack } from './pack.ts'

const one = '1'.repeat(16) as ConnectionId
const other = '2'.repeat(16) as ConnectionId

/** About 1,000 bytes. */
const chunk = (firstSeq: number) => pack(firstSeq, [message({ payload: new Uint8Array(960) })])

describe('the cache of chunks', () => {
  test('[LG5] keeps its limit by forgetting what was used longest ago', () => {
    const cache = new ChunkCache(3_100)
    for (const firstSeq of [1, 2, 3]) cache.add(one, chunk(firstSeq))
    cache.get(one, 1)
    cache.add(one, chunk(4))
    expect(cache.get(one, 1)).toBeDefined()
    expect(cache.get(one, 2)).toBeUndefined()
    expect(cache.get(one, 3)).toBeDefined()
    expect(cache.get(one, 4)).toBeDefined()
  })

  test('[LG5] does not keep a chunk that is larger than itself', () => {
    const cache = new ChunkCache(500)
    cache.add(one, chunk(1))
    expect(cache.get(one, 1)).toBeUndefined()
  })

  test('counts a chunk once that is added twice', () => {
    const cache = new ChunkCache(2_100)
    for (const firstSeq of [1, 2, 2, 2]) cache.add(one, chunk(firstSeq))
    expect(cache.get(one, 1)).toBeDefined()
  })

  test('keeps logs apart', () => {
    const cache = new ChunkCache()
    cache.add(one, chunk(1))
    cache.add(other, chunk(1))
    cache.forget(one)
    expect(cache.get(one, 1)).toBeUndefined()
    expect(cache.get(other, 1)).toBeDefined()
  })
})
