import { expect, test } from 'vitest'
import { Fifo } from './fifo.ts'

test('a queue gives what it got, in order, however it is filled and emptied', () => {
  const fifo = new Fifo<number>()
  const got: (number | undefined)[] = []
  for (let item = 0; item < 5000; item++) {
    fifo.push(item)
    if (item % 3 !== 0) got.push(fifo.shift())
  }
  while (fifo.length > 0) got.push(fifo.shift())
  expect(got).toEqual(Array.from({ length: 5000 }, (_, item) => item))
  expect(fifo.shift()).toBeUndefined()
})
