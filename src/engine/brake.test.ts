import { beforeEach, describe, expect, test } from 'vitest'
import { Brake } from './brake.ts'
import { PendingBytes } from './pendingBytes.ts'
import { createSleep } from './sleep.ts'

let now = 0
let slept: number[] = []
let pending: PendingBytes
let brake: Brake

beforeEach(() => {
  now = 1_700_000_000_000
  slept = []
  pending = new PendingBytes({ slow: 1_000, failing: 2_000, behind: 8_000 })
  const sleep = (time: number) => {
    slept.push(time)
    now += time
  }
  brake = new Brake(pending, { now: () => now }, sleep)
})

describe('when storage is behind', () => {
  test('[IN13] nothing is slowed while little waits', () => {
    pending.add(999)
    expect(brake.press(false)).toBe(false)
    expect(slept).toEqual([])
  })

  test('[IN13] a broker is slowed the more the more waits', () => {
    for (const bytes of [1_000, 500, 500, 4_000]) {
      pending.add(bytes)
      expect(brake.press(false)).toBe(true)
    }
    expect(slept).toEqual([2, 26, 50, 50])
  })

  test('[IN13] a tenth of each second stays for everything else', () => {
    pending.add(2_000)
    const start = now
    for (let n = 0; n < 100; n++) {
      brake.press(false)
      now += 1
    }
    const total = slept.reduce((sum, time) => sum + time, 0)
    const seconds = Math.ceil((now - start) / 1_000)
    expect(total).toBeLessThanOrEqual(900 * seconds)
    expect(total).toBeGreaterThan(900 * (seconds - 1))
  })

  test('[IN13] once storage fails and its memory is used up, nobody is slowed for nothing', () => {
    pending.add(1_500)
    expect(brake.press(true)).toBe(true)
    pending.add(500)
    expect(brake.press(true)).toBe(false)
    expect(brake.press(false)).toBe(true)
  })

  test('[IN13] the thread does sleep', () => {
    const before = performance.now()
    createSleep()(20)
    expect(performance.now() - before).toBeGreaterThan(15)
  })
})
