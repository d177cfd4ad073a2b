import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { packetJson } from './savePackets.ts'
import { lineOf, linesOf, publish, traced, tracedBytes } from './testing/traced.ts'

type Saved = { fields: { in: string; name: string; value: string; bytes: number[] }[]; hex: string }

describe('a packet that is saved', () => {
  test('[PI10] has its time, direction, type, size, fields and bytes', () => {
    const record = traced(0, 'in', publish('a/b', 7, 'hi'))
    const saved = packetJson(lineOf(record)) as Saved
    expect(saved).toMatchObject({
      time: '2023-11-14T22:13:20.000Z',
      direction: 'received',
      packet: 'PUBLISH',
      mqtt: '5.0',
      size: record.size,
      hex: Buffer.from(record.bytes).toString('hex'),
    })
    expect(saved).not.toHaveProperty('malformed')
    expect(saved.fields).toContainEqual({
      in: 'variable header',
      name: 'Topic Name',
      value: 'a/b',
      bytes: [2, 7],
    })
    expect(saved.fields.at(-1)).toMatchObject({ name: 'Payload', value: 'hi' })
  })

  test('[PI10] has its round trip, to a tenth of a millisecond', () => {
    const ping = traced(0, 'out', { cmd: 'pingreq' })
    const answer = traced(1, 'in', { cmd: 'pingresp' })
    const [, line] = linesOf(ping, { ...answer, time: ping.time + 1.26 })
    if (line?.kind !== 'packet') throw new Error('It is missing')
    expect(packetJson(line)).toMatchObject({ roundTripMs: 1.3, direction: 'received' })
  })

  test('[PI10] has no password, neither as a field nor as bytes', () => {
    const connect = {
      cmd: 'connect',
      clientId: 'c',
      protocolVersion: 5,
      clean: true,
      keepalive: 0,
      username: 'someone',
      password: Buffer.from('open sesame'),
      properties: { authenticationMethod: 'M', authenticationData: Buffer.from('open barley') },
    } as const
    const saved = packetJson(lineOf(traced(0, 'out', connect))) as Saved
    const text = JSON.stringify(saved) + Buffer.from(saved.hex, 'hex').toString('latin1')
    expect(text).toContain('someone')
    expect(text).not.toMatch(/sesame|barley/)
    expect(saved.fields.map(({ name }) => name)).toContain('Password')
  })

  test('[PI10] says what is malformed in it, and a payload that is no text by its size', () => {
    const malformed = lineOf(tracedBytes(0, 'in', [0xd0, 1, 0]))
    expect(packetJson(malformed)).toMatchObject({ malformed: 'bytes after the last field' })
    const binary = lineOf(tracedBytes(0, 'in', [0x30, 6, 0, 1, 0x61, 0, 0xff, 0x01]))
    const { fields } = packetJson(binary) as Saved
    expect(fields.at(-1)?.value).toMatch(/2/)
  })
})
