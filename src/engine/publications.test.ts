import { expect, test, vi } from 'vitest'
import type { PublishOutcome } from '@/core/message.ts'
import { Publications } from './publications.ts'

const acknowledged = { state: 'acknowledged', reasonCode: 0 } as const
const refused = { state: 'refused', reasonCode: 0x87 } as const

test('[PO1] what was published by an earlier engine is not known', () => {
  const publications = new Publications(10, () => undefined)
  expect(publications.outcomeOf(9, 1)).toBeUndefined()
})

test('[PO2] a message is pending until the broker has answered, whichever comes first', async () => {
  const onChanged = vi.fn()
  const publications = new Publications(0, onChanged)
  let settle: (outcome: PublishOutcome) => void = () => undefined
  const outcome = new Promise<PublishOutcome>((resolve) => (settle = resolve))
  const stored = await publications.follow(Promise.resolve(0), outcome)
  expect(stored).toEqual({ seq: 0, outcome: { state: 'pending' } })
  expect(publications.outcomeOf(0, 1)).toEqual({ state: 'pending' })
  onChanged.mockClear()
  settle(acknowledged)
  await vi.waitFor(() => expect(onChanged).toHaveBeenCalled())
  expect(publications.outcomeOf(0, 1)).toEqual(acknowledged)

  const late = new Promise<number>((resolve) => setTimeout(resolve, 10, 1))
  const { seq } = await publications.follow(late, Promise.resolve(refused))
  await vi.waitFor(() => expect(publications.outcomeOf(seq, 1)).toEqual(refused))
})

test('[PO3] plain success needs no memory, and what was cleared is forgotten', async () => {
  const publications = new Publications(0, () => undefined)
  expect(publications.outcomeOf(5, 0)).toEqual({ state: 'sent' })
  expect(publications.outcomeOf(5, 2)).toEqual(acknowledged)
  await publications.follow(Promise.resolve(5), Promise.resolve(refused))
  await vi.waitFor(() => expect(publications.outcomeOf(5, 1)).toEqual(refused))
  publications.forgetBefore(6)
  expect(publications.outcomeOf(5, 1)).toEqual(acknowledged)
})
