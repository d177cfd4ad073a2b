import { expect, test } from 'vitest'
import { Frame } from './frame.ts'
import { Rate } from './rate.ts'
import { ManualClock } from './testing/manualClock.ts'

test('[FR1] the first frame comes at once, the next ones 33 ms apart, and none when nothing asks', () => {
  const clock = new ManualClock()
  const shown: number[] = []
  const start = clock.now()
  const frame = new Frame(clock, () => shown.push(clock.now() - start))
  for (let at = 0; at < 100; at += 10) {
    frame.request()
    clock.pass(10)
  }
  clock.pass(1_000)
  expect(shown).toEqual([0, 33, 66, 99])
})

test('[FR4] a frame that can wait comes later, unless one is asked for that cannot', () => {
  const clock = new ManualClock()
  const shown: number[] = []
  const start = clock.now()
  const frame = new Frame(clock, () => shown.push(clock.now() - start))
  frame.request(100)
  clock.pass(0)
  frame.request(100)
  clock.pass(50)
  frame.request()
  clock.pass(0)
  frame.request()
  frame.request(100)
  clock.pass(200)
  expect(shown).toEqual([0, 50, 83])
})

test('[FR2] a stopped frame shows nothing', () => {
  const clock = new ManualClock()
  let shown = 0
  const frame = new Frame(clock, () => (shown += 1))
  frame.request()
  frame.stop()
  clock.pass(1_000)
  expect(shown).toBe(0)
})

test('[FR3] a rate is what came in the last second', () => {
  const rate = new Rate()
  rate.add(5, 1_000)
  rate.add(0, 1_100)
  rate.add(7, 1_500)
  expect([1_500, 1_999, 2_000, 2_500].map((now) => rate.perSecond(now))).toEqual([12, 12, 7, 0])
})

test('[FR3] a clock that was set back does not keep a rate alive', () => {
  const rate = new Rate()
  rate.add(5, 10_000)
  expect(rate.perSecond(1_000)).toBe(0)
})
