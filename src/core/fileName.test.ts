import { expect, test } from 'vitest'
import { fileName } from './fileName.ts'

test('[MR5] [PI10] a file name has its parts, the time in UTC and the extension', () => {
  const time = Date.UTC(2026, 0, 2, 3, 4, 5, 6)
  expect(fileName(['valve'], time, 'json')).toBe('valve_2026-01-02T03-04-05-006Z.json')
  expect(fileName(['Works', 'packets'], 0, 'ndjson')).toBe(
    'Works_packets_1970-01-01T00-00-00-000Z.ndjson',
  )
})

test.each([
  ['sensor/1/温度', 'sensor_1_温度'],
  ['a\\b:c*d?"<>|\n', 'a_b_c_d_'],
  ['../..', '_..'],
  ['.hidden', 'hidden'],
  ['', ''],
])('[MR5] of %j nothing is left that a file system may refuse', (text, expected) => {
  expect(fileName([text], 0, 'bin')).toBe(`${expected}_1970-01-01T00-00-00-000Z.bin`)
})

test('[MR5] long parts are cut, each for itself', () => {
  const name = fileName(['x'.repeat(1_000), 'packets'], 0, 'ndjson')
  expect(name).toBe(`${'x'.repeat(80)}_packets_1970-01-01T00-00-00-000Z.ndjson`)
})
