import { describe, expect, test } from 'vitest'
import type { ControlPacket } from './controlPacket.ts'
import { Exchanges } from './exchanges.ts'

/** A packet in a line: `out PUBLISH 7`; without a number it has no identifier. */
type Line = `${'in' | 'out'} ${ControlPacket}${'' | ` ${number}`}`

/** What of a trace belongs together, each exchange as the numbers of its packets, from 0 on. */
function exchangesOf(...lines: (Line | 'new attempt')[]): number[][] {
  const exchanges = new Exchanges()
  lines.forEach((line, seq) => {
    if (line === 'new attempt') exchanges.restart()
    else exchanges.add({ seq, time: seq * 10, ...read(line) })
  })
  const all = lines.map((_, seq) => exchanges.of(seq)).filter((each) => each !== undefined)
  return [...new Set(all)].map(({ packets }) => packets.map(({ seq }) => seq))
}

function read(line: Line) {
  const [direction, name, id] = line.split(' ') as ['in' | 'out', ControlPacket, string | undefined]
  return { direction, name, packetId: id === undefined ? undefined : Number(id) }
}

describe('packets that belong together', () => {
  test.each<[string, Line[]]>([
    ['CONNECT and CONNACK', ['out CONNECT', 'in CONNACK']],
    ['PUBLISH of QoS 1 and PUBACK, sent', ['out PUBLISH 1', 'in PUBACK 1']],
    ['PUBLISH of QoS 1 and PUBACK, received', ['in PUBLISH 1', 'out PUBACK 1']],
    ['all four of QoS 2, sent', ['out PUBLISH 1', 'in PUBREC 1', 'out PUBREL 1', 'in PUBCOMP 1']],
    ['all of QoS 2, received', ['in PUBLISH 1', 'out PUBREC 1', 'in PUBREL 1', 'out PUBCOMP 1']],
    ['SUBSCRIBE and SUBACK', ['out SUBSCRIBE 9', 'in SUBACK 9']],
    ['UNSUBSCRIBE and UNSUBACK', ['out UNSUBSCRIBE 9', 'in UNSUBACK 9']],
    ['PINGREQ and PINGRESP', ['out PINGREQ', 'in PINGRESP']],
  ])('[PI4] %s are one exchange', (_, lines) => {
    expect(exchangesOf(...lines)).toEqual([[...lines.keys()]])
  })

  test('[PI4] have their names and times', () => {
    const exchanges = new Exchanges()
    exchanges.add({ seq: 4, time: 100, ...read('out SUBSCRIBE 3') })
    exchanges.add({ seq: 5, time: 102.5, ...read('in SUBACK 3') })
    expect(exchanges.of(4)).toBe(exchanges.of(5))
    expect(exchanges.of(5)).toEqual({
      packets: [
        { seq: 4, name: 'SUBSCRIBE', time: 100 },
        { seq: 5, name: 'SUBACK', time: 102.5 },
      ],
    })
  })

  test('[PI4] are told apart by their identifiers, directions and kinds', () => {
    expect(
      exchangesOf(
        'out PUBLISH 1',
        'in PUBLISH 1',
        'out SUBSCRIBE 1',
        'out PUBLISH 2',
        'in PUBACK 2',
        'in SUBACK 1',
        'out PUBACK 1',
        'in PUBACK 1',
      ),
    ).toEqual([
      [0, 7],
      [1, 6],
      [2, 5],
      [3, 4],
    ])
  })

  test('[PI4] may use an identifier again, also where it was never answered', () => {
    expect(
      exchangesOf('out PUBLISH 1', 'in PUBACK 1', 'out PUBLISH 1', 'out PUBLISH 1', 'in PUBACK 1'),
    ).toEqual([[0, 1], [2], [3, 4]])
  })

  test('[PI4] are pings and their answers in their order', () => {
    expect(
      exchangesOf('out PINGREQ', 'out PINGREQ', 'in PINGRESP', 'in PINGRESP', 'in PINGRESP'),
    ).toEqual([
      [0, 2],
      [1, 3],
    ])
  })

  test('[PI4] are none where nothing was asked, or it was answered before', () => {
    expect(exchangesOf('in PUBACK 1', 'in SUBACK 2', 'in PINGRESP', 'in CONNACK')).toEqual([])
    expect(exchangesOf('out PUBLISH 1', 'in PUBACK 1', 'in PUBACK 1')).toEqual([[0, 1]])
    expect(exchangesOf('out PUBLISH', 'in PUBACK 1', 'in DISCONNECT', 'in AUTH')).toEqual([])
    // Only the side that was asked answers.
    expect(exchangesOf('out PUBLISH 1', 'out PUBACK 1', 'in PUBREL 1')).toEqual([[0]])
  })

  test('[PI4] do not grow without end where a server repeats itself', () => {
    const again = Array.from({ length: 1_000 }, (): Line => 'in PUBREC 1')
    expect(exchangesOf('out PUBLISH 1', ...again)[0]?.length).toBeLessThan(50)
  })

  test('[PI4] do not reach into the next attempt', () => {
    expect(
      exchangesOf('out CONNECT', 'out PUBLISH 1', 'new attempt', 'in PUBACK 1', 'in CONNACK'),
    ).toEqual([[0], [1]])
  })

  test('[PI4] are forgotten with the packets', () => {
    const exchanges = new Exchanges()
    const packet = { kind: 'packet', version: '5.0', bytes: new Uint8Array(), size: 0 } as const
    exchanges.add({ seq: 0, time: 0, ...read('out PINGREQ') })
    exchanges.forget({ ...packet, seq: 0, time: 0, direction: 'out' })
    expect(exchanges.of(0)).toBeUndefined()
  })
})
