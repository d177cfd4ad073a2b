import { expect, test } from 'vitest'
import { LatestWrite } from './latestWrite.ts'

test('[LW1] writes one at a time, and only the newest of what came meanwhile', async () => {
  const written: number[] = []
  const ends: (() => void)[] = []
  const writes = new LatestWrite<number>(
    (value) => {
      written.push(value)
      return new Promise((resolve) => ends.push(resolve))
    },
    () => undefined,
  )
  for (const value of [1, 2, 3]) writes.put(value)
  expect(written).toEqual([1])
  ends.shift()?.()
  await new Promise(setImmediate)
  expect(written).toEqual([1, 3])
  const settled = writes.settled()
  ends.shift()?.()
  await settled
  writes.put(4)
  expect(written).toEqual([1, 3, 4])
})

test('[LW2] a write that fails is said and not tried again, and the next one is done', async () => {
  const errors: unknown[] = []
  const written: number[] = []
  const writes = new LatestWrite<number>(
    (value) =>
      value === 1 ? Promise.reject(new Error('full')) : (written.push(value), Promise.resolve()),
    (error) => errors.push(error),
  )
  writes.put(1)
  writes.put(2)
  await writes.settled()
  expect([errors.length, written]).toEqual([1, [2]])
})
