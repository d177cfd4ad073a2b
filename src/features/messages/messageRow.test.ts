import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { MessageRow } from '@/core/message.ts'
import { encodeUtf8 } from '@/core/text.ts'
import { cutLines } from './cutLines.ts'
import { describeProperties } from './describeProperties.ts'
import { copyOf } from './payloadCopy.ts'
import { payloadFileName } from './payloadFile.ts'
import { readPages } from './payloadPages.ts'
import { payloadPieces } from './payloadPieces.ts'
import { readLine } from './readLine.ts'
import { readRow } from './readRow.ts'
import { reuseRows } from './reuseRows.ts'

const message = (part: Partial<MessageRow> & { payload?: Uint8Array } = {}): MessageRow => {
  const { payload = encodeUtf8('text'), ...rest } = part
  return {
    ...{ kind: 'message', seq: 1, time: 0, direction: 'in', topic: 'a', qos: 0 },
    ...{ retain: false, dup: false, queued: false, subscriptions: [] },
    size: payload.length,
    preview: payload,
    ...rest,
  }
}

describe('the payload in a row', () => {
  test.each([
    ['a\nb\nc', 2, 10, 'a\nb'],
    ['a\nb', 2, 10, 'a\nb'],
    ['abcdef', 2, 2, 'abcd'],
    ['ab\ncdefgh', 3, 2, 'ab\ncdef'],
    ['\n\n\n', 2, 10, '\n'],
    ['a😀b', 1, 2, 'a'],
    ['', 2, 10, ''],
  ])('[MR1] %j cut to %i lines of %i is %j', (text, lines, columns, expected) => {
    expect(cutLines(text, lines, columns)).toBe(expected)
  })

  test('[MR1] it says when there is more', () => {
    const long = message({ payload: encodeUtf8('line\n'.repeat(20)) })
    expect(readRow(long, 'auto', 80)).toMatchObject({ type: 'plaintext', isCut: true })
    expect(readRow(long, 'auto', 80).text.split('\n')).toHaveLength(12)
    expect(readRow(message(), 'auto', 80)).toEqual({
      type: 'plaintext',
      text: 'text',
      isCut: false,
      isGuess: false,
    })
    const fifteen = message({ payload: encodeUtf8('line\n'.repeat(15).trimEnd()) })
    expect(readRow(fifteen, 'auto', 80).isCut).toBe(false)
    const huge = message({ payload: encodeUtf8('{"a": 1, '), size: 1_000_000 })
    expect(readRow(huge, 'auto', 80)).toMatchObject({ type: 'json', isCut: true })
  })

  test('[MR1] hex is a dump, narrower where there is less room', () => {
    const row = message({ payload: Uint8Array.from({ length: 32 }, (_, index) => index | 0x80) })
    expect(readRow(row, 'auto', 80).text.split('\n')).toHaveLength(2)
    expect(readRow(row, 'auto', 45).text.split('\n')).toHaveLength(4)
  })

  test('[MR7] it is called what the whole of it is, and nothing where only a part is there', () => {
    const json = JSON.stringify(Array.from({ length: 900 }, (_, id) => ({ id })))
    const long = message({ payload: encodeUtf8(json) })
    expect(readRow(long, 'auto', 80)).toMatchObject({ type: 'json', isCut: true, isGuess: false })
    // A device that ran out of buffer.
    const broken = message({ payload: encodeUtf8(json.slice(0, -20)) })
    expect(readRow(broken, 'auto', 80)).toMatchObject({ type: 'plaintext', isGuess: false })
    expect(readRow(broken, 'json', 80).issue).toBeDefined()
    const bytes = message({ payload: Uint8Array.of(...encodeUtf8('a'.repeat(5_000)), 0xff) })
    expect(readRow(bytes, 'auto', 80)).toMatchObject({ type: 'hex', isGuess: false })
    const part = message({ payload: encodeUtf8(json), size: 1_000_000 })
    expect(readRow(part, 'auto', 80)).toMatchObject({ type: 'json', isGuess: true })
    expect(readRow(part, 'json', 80)).toMatchObject({ type: 'json', isGuess: false })
    expect(readRow(part, 'json', 80).issue).toBeUndefined()
  })

  test('[MR2] it is decoded once for a view', () => {
    const row = message()
    expect(readRow(row, 'auto', 80)).toBe(readRow(row, 'auto', 80))
    expect(readRow(row, 'hex', 80)).not.toBe(readRow(row, 'auto', 80))
  })

  test('[MR2] rows that say the same stay the same object; an outcome makes another', () => {
    const sent = message({ seq: 2, direction: 'out', outcome: { state: 'pending' } })
    const before = [message(), sent]
    const answered = { ...sent, outcome: { state: 'acknowledged', reasonCode: 0 } as const }
    const after = reuseRows(before, [structuredClone(before[0] ?? sent), answered])
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(answered)
    const later = { ...answered, previous: 5 }
    expect(reuseRows(after, [later])[0]).toBe(later)
  })
})

describe('the payload in a line', () => {
  test('[MR9] it is shown as in a bubble, and may end anywhere but within a character', () => {
    expect(readLine(message({ payload: encodeUtf8('{"a":1}') }), 'auto').type).toBe('json')
    expect(readLine(message({ payload: Uint8Array.of(0xff, 1) }), 'auto').text).toBe('ff 01')
    const long = readLine(message({ payload: encodeUtf8(`a${'😀'.repeat(900)}`) }), 'auto')
    expect(long.type).toBe('plaintext')
    expect(long.text).not.toMatch(/[\ud800-\udbff]$/)
    expect(long.text.length).toBeLessThan(500)
  })

  test('[MR9] only the beginning is read', () => {
    const payload = encodeUtf8(`[${'1,'.repeat(8_000)}`)
    // Nothing in a line shows that the end is not JSON.
    expect(readLine(message({ payload }), 'auto').type).toBe('json')
    expect(readRow(message({ payload }), 'auto', 80).type).toBe('plaintext')
  })
})

describe('the pieces of a payload', () => {
  const joined = (text: string, isJson: boolean) =>
    payloadPieces(text, isJson)
      .map((piece) => piece.text)
      .join('')

  test('[MR3] joined they are the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.boolean(), (text, isJson) => {
        fc.pre(payloadPieces(text, false).every(({ kind }) => kind === 'plain'))
        expect(joined(text, isJson)).toBe(text)
      }),
    )
  })

  test('[MR3] JSON is coloured as far as it goes, and what is not seen is marked within it', () => {
    expect(payloadPieces('{"a": [1, "b\u202e', true)).toEqual([
      { kind: 'plain', text: '{' },
      { kind: 'key', text: '"a"' },
      { kind: 'plain', text: ': [' },
      { kind: 'number', text: '1' },
      { kind: 'plain', text: ', "b' },
      { kind: 'hidden', text: 'U+202E' },
    ])
  })
})

describe('a whole payload', () => {
  const textOf = (bytes: Uint8Array, view: 'auto' | 'plaintext' | 'base64') => {
    const pages = readPages(bytes, view, 16)
    const all = Array.from({ length: pages.count }, (_, index) => pages.page(index))
    for (const { pieces } of all) {
      expect(pieces.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(30_000)
    }
    for (const [index, page] of all.entries()) expect(page.from).toBe(all[index - 1]?.to ?? 0)
    expect(all.at(-1)?.to).toBe(all[0]?.total)
    return all.flatMap(({ pieces }) => pieces.map(({ text }) => text)).join('')
  }

  test('[MR4] is shown in parts that join without a gap', () => {
    const prose = 'ün 😀 line\n'.repeat(20_000)
    expect(textOf(encodeUtf8(prose), 'auto')).toBe(prose)
    const emoji = '😀'.repeat(70_000)
    expect(textOf(encodeUtf8(`a${emoji}`), 'plaintext')).toBe(`a${emoji}`)
    const value = Array.from({ length: 9_000 }, (_, id) => ({ id, name: `sensor ${id}` }))
    expect(textOf(encodeUtf8(JSON.stringify(value)), 'auto')).toBe(JSON.stringify(value, null, 2))
  })

  test('[MR4] JSON keeps its colours in every part', () => {
    const value = Array.from({ length: 9_000 }, (_, id) => ({ id }))
    const pages = readPages(encodeUtf8(JSON.stringify(value)), 'json', 16)
    expect(pages.count).toBeGreaterThan(1)
    expect(pages.page(1).pieces.some(({ kind }) => kind === 'key')).toBe(true)
  })

  test('[MR4] hex is counted in bytes', () => {
    const pages = readPages(new Uint8Array(30_000).fill(0xff), 'auto', 16)
    expect(pages.type).toBe('hex')
    expect(pages.page(1)).toMatchObject({ from: 6_144, to: 12_288, total: 30_000 })
    expect(pages.page(1).pieces[0]?.text.slice(0, 13)).toBe('001800  ff ff')
  })

  test('[MR4] JSON of megabytes is shown as it was received, and says so', () => {
    const pages = readPages(encodeUtf8(`[${'1,'.repeat(1_100_000)}1]`), 'auto', 16)
    expect(pages).toMatchObject({ type: 'plaintext', isTooLong: true })
    const prose = readPages(encodeUtf8('prose '.repeat(400_000)), 'auto', 16)
    expect(prose).toMatchObject({ type: 'plaintext', isTooLong: false })
    const binary = readPages(new Uint8Array(2_100_000).fill(0xff), 'auto', 16)
    expect(binary).toMatchObject({ type: 'hex', isTooLong: false })
  })

  test('[MR5] a copy is the text as received, not as laid out, or hex where there is no text', () => {
    expect(copyOf(encodeUtf8('{"a":1.0}'), 'auto')).toBe('{"a":1.0}')
    expect(copyOf(encodeUtf8('a'), 'hex')).toBe('61')
    expect(copyOf(encodeUtf8('a'), 'base64')).toBe('YQ==')
    expect(copyOf(Uint8Array.of(0xff), 'plaintext')).toBe('ff')
  })

  test('[MR5] a file is named after its topic, time and type', () => {
    expect(payloadFileName('sensor/1/温度', 0, 'json')).toBe(
      'sensor_1_温度_1970-01-01T00-00-00-000Z.json',
    )
    expect(payloadFileName('../..', 0, 'hex')).toBe('_.._1970-01-01T00-00-00-000Z.bin')
  })
})

test('[MR6] properties stand in order, user properties with their repeats', () => {
  expect(
    describeProperties({
      userProperties: [
        { name: 'b', value: '1' },
        { name: 'a', value: '2' },
        { name: 'b', value: '1' },
      ],
      correlationData: Uint8Array.of(0xff, 0),
      contentType: '',
      subscriptionIdentifiers: [3, 7],
      topicAlias: 4,
    }).map(({ name, value }) => [name, value]),
  ).toEqual([
    ['Content Type', ''],
    ['Correlation Data', '0x ff 00'],
    ['Subscription Identifier', '3, 7'],
    ['b', '1'],
    ['a', '2'],
    ['b', '1'],
  ])
})
