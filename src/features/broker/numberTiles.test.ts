import { expect, test } from 'vitest'
import { numberTiles } from './numberTiles.ts'

test('[BS8] there is a tile for each number that the broker tells, with group separators', () => {
  expect(numberTiles({})).toEqual([])
  const tiles = numberTiles({
    clientsConnected: 1_200,
    clientsTotal: 1_300,
    clientsMaximum: 2_000,
    subscriptions: 12_345,
    retained: 0,
    stored: 53,
    storedBytes: 1_900_000,
    heap: 45_896,
  })
  expect(tiles).toEqual([
    {
      label: 'Clients',
      value: '1,200',
      details: ['connected', '1,300 with a session', '2,000 at most'],
    },
    { label: 'Subscriptions', value: '12,345', details: [] },
    { label: 'Retained', value: '0', details: ['messages'] },
    { label: 'Stored', value: '53', details: ['messages', '1.9 MB'] },
    { label: 'Memory', value: '45.9 kB', details: [] },
  ])
  expect(numberTiles({ clientsConnected: 3, clientsTotal: 3 })[0]?.details).toEqual(['connected'])
})
