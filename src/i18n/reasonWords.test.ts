import { expect, test } from 'vitest'
import { REASON_CODES, type ReasonPacket } from '../core/reasonCode.ts'
import { reasonAdvice } from './reasonAdvice.ts'
import { reasonWords } from './reasonWords.ts'

const EACH = REASON_CODES.flatMap(([code, name, packets]) =>
  packets.split(' ').map((packet) => ({ code, name, packet: packet as ReasonPacket })),
)

/** Codes that tell no more than that nothing is told. */
const SILENT = [0x80]

test.each(EACH)('[FW11] $name in a $packet has whole sentences of its own', ({ code, packet }) => {
  const { text } = reasonWords({ code, packet, version: '5.0' }, undefined)
  expect(text).toMatch(/^[A-Z].{15,}\. Code \d+ \(0x[0-9A-F]{2}\), MQTT 5\.0 §[\d.]+\.$/)
  expect(text).not.toMatch(/\{\w+\}|undefined/)
  if (SILENT.includes(code)) return
  expect(reasonAdvice({ code, packet, version: '5.0' })).not.toBe('reason.any.unnamed')
})

test('[FW11] advice is about what was refused: the message, the subscription or the client', () => {
  const about = (packet: ReasonPacket, code: number) =>
    reasonWords({ code, packet, version: '5.0' }, undefined).text
  expect(about('CONNACK', 0x90)).toContain('Last-Will Topic')
  for (const packet of ['PUBACK', 'PUBREC', 'SUBACK', 'UNSUBACK'] as const) {
    const all = EACH.filter((one) => one.packet === packet).map(({ code }) => about(packet, code))
    expect(all.join(' ')).not.toMatch(/Last-Will|Username/)
  }
  expect(about('DISCONNECT', 0x9a)).toContain('Publish without Retain')
  expect(about('PUBACK', 0x87)).toContain('may not publish')
  expect(about('SUBACK', 0x87)).toContain('let this user subscribe')
})

test('[FW2] what the broker says stands last and is quoted, and its places are not filled', () => {
  const at = { code: 0x97, packet: 'PUBACK', version: '5.0' } as const
  expect(reasonWords(at, 'only {code} left').text).toMatch(
    /Code 151 \(0x97\), MQTT 5\.0 §3\.4\.2\.1\. The broker says: “only \{code\} left”\.$/,
  )
})

test('[FW11] a code that no specification has is shown without a section', () => {
  const { name, text } = reasonWords({ code: 0xf0, packet: 'SUBACK', version: '5.0' }, undefined)
  expect(name).toBe('Unknown reason')
  expect(text).toBe('The broker gives no cause. Its own log may. Code 240 (0xF0).')
})
