import { expect, test } from 'vitest'
import { Alarm } from './clock.ts'
import { ManualClock } from './testing/manualClock.ts'

test('[BR16] an alarm further away than one timer can reach rings at its time and not before', () => {
  const clock = new ManualClock()
  const waits: number[] = []
  const watched = {
    now: () => clock.now(),
    cancel: (handle: unknown) => clock.cancel(handle),
    after: (wait: number, action: () => void) => {
      waits.push(wait)
      return clock.after(wait, action)
    },
  }
  let rang = 0
  new Alarm(watched).set(2 ** 32, () => rang++)
  clock.advance(2 ** 32 - 1)
  expect(rang).toBe(0)
  clock.advance(1)
  expect(rang).toBe(1)
  expect(Math.max(...waits)).toBeLessThan(2 ** 31)
})

test('an alarm that is set again or cancelled does not ring for the first time', () => {
  const clock = new ManualClock()
  const alarm = new Alarm(clock)
  const rings: string[] = []
  alarm.set(10, () => rings.push('first'))
  alarm.set(20, () => rings.push('second'))
  clock.advance(100)
  alarm.set(10, () => rings.push('third'))
  alarm.cancel()
  clock.advance(100)
  expect(rings).toEqual(['second'])
  expect(clock.pending).toBe(0)
})
