import { describe, expect, test } from 'vitest'
import { broken, idleWhenCut, keepAliveBelow, type Silences } from './idleness.ts'

/** The silences of a connection on which something passed at each of these times, the first being its start. */
function passing(...[start = 0, ...times]: number[]): Silences {
  return times.reduce(broken, { since: start, longest: 0 })
}

describe('[FW19] a connection that was cut', () => {
  test('after the longest silence of its life was idle, and for how long', () => {
    expect(idleWhenCut(passing(0, 100), 60_100, 120)).toBe(60_000)
    expect(idleWhenCut(passing(0, 20_000, 50_000), 110_000, 120)).toBe(60_000)
  })

  test('was not cut for a silence that it survived before', () => {
    expect(idleWhenCut(passing(0, 45_000, 45_100), 65_100, 120)).toBeUndefined()
    expect(idleWhenCut(passing(0, 45_000, 45_100), 90_100, 120)).toBeUndefined()
  })

  test('in a silence in which pings were due was on a machine that slept', () => {
    expect(idleWhenCut(passing(0, 100), 60_100, 59)).toBeUndefined()
    expect(idleWhenCut(passing(0, 100), 60_100, 60)).toBe(60_000)
    expect(idleWhenCut(passing(0, 100), 60_100, 0)).toBe(60_000)
  })

  test('within five seconds of the last packet was not idle', () => {
    expect(idleWhenCut(passing(0, 100), 5_099, 120)).toBeUndefined()
    expect(idleWhenCut(passing(0, 100), 5_100, 120)).toBe(5_000)
  })
})

test('[FW19] a Keep Alive of as many whole seconds pings before such a silence is over', () => {
  expect(keepAliveBelow(60_013)).toBe(60)
  expect(keepAliveBelow(5_999)).toBe(5)
})
