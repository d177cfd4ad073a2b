import { expect, it } from 'vitest'
import { figureTable, formatNumber, targetTable } from './table.ts'

const result = {
  name: 'one',
  title: 'One',
  rounds: {},
  medians: { MQTab: { rate: 12_345.6, lost: 0 }, other: { rate: 0.123 } },
  outcomes: [
    { words: 'rate', unit: '/s', bound: { atLeast: 10_000 }, value: 12_345.6, isMet: true },
    { words: 'wait', unit: 'ms', bound: { atMost: 50 }, isMet: false },
  ],
}

it('shows three digits that count', () => {
  expect([0, 7, 0.1234, 12.34, 1234.5, NaN].map(formatNumber)).toEqual([
    '0',
    '7',
    '0.12',
    '12.3',
    '1,235',
    '–',
  ])
})

it('has a column for each contender', () => {
  expect(figureTable(result)).toBe(
    [
      '|  | MQTab | other |',
      '| --- | --- | --- |',
      '| rate | 12,346 | 0.12 |',
      '| lost | 0 | – |',
    ].join('\n'),
  )
})

it('says which targets are met', () => {
  expect(targetTable([result])).toContain('| rate | ≥ 10,000 /s | 12,346 /s | met |')
  expect(targetTable([result])).toContain('| wait | ≤ 50 ms | – ms | **not met** |')
})
