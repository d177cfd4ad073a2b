import { expect, test } from 'vitest'
import { closeFailure, disconnectFailure, errorFailure, refusalFailure } from './endFailure.ts'

const closed = { code: 1006, reason: 'gone', wasClean: false }
const url = 'ws://h:8083/mqtt'
const close = { closeCode: 1006, closeReason: 'gone' }

test.each([
  ['opening', { code: 'unreachable', url, after: 13 }],
  ['handshake', { code: 'closed-before-connack', url, ...close }],
  ['connected', { code: 'connection-lost', ...close, clean: false }],
] as const)('[WR5] a close while %s', (progress, expected) => {
  expect(closeFailure(closed, { progress, url, after: 12.6 })).toEqual(expected)
})

test('[WR4] a CONNACK that refuses says why, with all its words and no more than it has', () => {
  const connack = { type: 'connack', sessionPresent: false, reasonCode: 0x9d } as const
  const words = { reasonString: 'moved', serverReference: 'other.example' }
  const properties = { ...words, receiveMaximum: 5 }
  const refused = { code: 'refused', version: '5.0', reasonCode: 0x9d }
  expect(refusalFailure({ ...connack, properties }, '5.0')).toEqual({ ...refused, ...words })
  expect(refusalFailure({ ...connack, properties: {} }, '5.0')).toEqual(refused)
})

test('[WR5] a DISCONNECT of the server says why', () => {
  const packet = { type: 'disconnect', reasonCode: 0x8b, reasonString: 'restart' } as const
  expect(disconnectFailure(packet)).toEqual({
    ...{ code: 'server-disconnect', reasonCode: 0x8b, reasonString: 'restart' },
  })
})

test('[WR4] what the browser throws is told in its own words', () => {
  expect(errorFailure(new Error('no'))).toEqual({ code: 'unexpected', detail: 'no' })
  expect(errorFailure('no')).toEqual({ code: 'unexpected', detail: 'no' })
})
