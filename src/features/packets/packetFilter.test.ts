import { describe, expect, test } from 'vitest'
import { filterLines, isPacketId, NO_FILTER, type PacketFilter } from './packetFilter.ts'
import { ended, linesOf, opening, publish, traced } from './testing/traced.ts'

const lines = linesOf(
  opening(0),
  traced(1, 'in', { cmd: 'connack', sessionPresent: false, reasonCode: 0 }),
  traced(2, 'out', { cmd: 'pingreq' }),
  traced(3, 'in', { cmd: 'pingresp' }),
  traced(4, 'out', publish('Plant/Größe', 7, '{"state":"RUNNING"}')),
  traced(5, 'in', { cmd: 'puback', messageId: 7, reasonCode: 0 }),
  traced(6, 'in', {
    ...publish('other', 70),
    properties: { userProperties: { Origin: 'Line 4' }, contentType: 'text/plain' },
  } as never),
  ended(7),
)

function passing(filter: Partial<PacketFilter>): number[] {
  return filterLines(lines, { ...NO_FILTER, ...filter }).map(({ record }) => record.seq)
}

describe('the list narrowed', () => {
  test('[PI8] by nothing is the whole list', () => {
    expect(filterLines(lines, NO_FILTER)).toBe(lines)
    expect(filterLines(lines, { type: 'all', id: ' ', text: '  ' })).toBe(lines)
  })

  test('[PI8] by a type has the packets of this type alone', () => {
    expect(passing({ type: 'PUBLISH' })).toEqual([4, 6])
    expect(passing({ type: 'PINGRESP' })).toEqual([3])
    expect(passing({ type: 'AUTH' })).toEqual([])
  })

  test('[PI8] without pings still has what happened between the packets', () => {
    expect(passing({ type: 'withoutPings' })).toEqual([0, 1, 4, 5, 6, 7])
    expect(passing({ type: 'withoutPings', id: '7' })).toEqual([4, 5])
  })

  test('[PI8] by an identifier has whatever has exactly this one', () => {
    expect(passing({ id: '7' })).toEqual([4, 5])
    expect(passing({ id: ' 70 ' })).toEqual([6])
    expect(passing({ id: '8' })).toEqual([])
  })

  test('[PI8] by a text has what holds it in topic, payload or properties, in any case', () => {
    expect(passing({ text: 'PLANT/gRÖSSE' })).toEqual([])
    expect(passing({ text: 'plant/GRÖßE' })).toEqual([4])
    expect(passing({ text: ' running ' })).toEqual([4])
    expect(passing({ text: 'line 4' })).toEqual([6])
    expect(passing({ text: 'text/plain' })).toEqual([6])
  })

  test('[PI8] by several has what passes all of them', () => {
    expect(passing({ type: 'PUBLISH', id: '7', text: 'state' })).toEqual([4])
    expect(passing({ type: 'PUBACK', id: '7', text: 'state' })).toEqual([])
  })

  test('[PI8] by what cannot be an identifier is not narrowed by it', () => {
    const good = ['', ' ', '1', ' 65535 ', '007']
    const bad = ['0', '65536', '-1', '1.5', '0x10', 'one', '1 2']
    expect(good.filter((text) => !isPacketId(text))).toEqual([])
    expect(bad.filter((text) => isPacketId(text))).toEqual([])
    expect(passing({ id: 'one', type: 'PINGREQ' })).toEqual([2])
  })
})
