import { describe, expect, test } from 'vitest'
import type { PayloadView } from '@/core/draft.ts'
import { encodeUtf8 } from '@/core/text.ts'
import { readPages, typeOf } from './payloadPages.ts'

const MIB = 1024 * 1024

/** All pages put together. */
function whole(bytes: Uint8Array, view: PayloadView): string {
  const pages = readPages(bytes, view, 16)
  const texts = Array.from({ length: pages.count }, (_, i) =>
    pages.page(i).pieces.map(({ text }) => text),
  )
  return texts.flat().join('')
}

const json = encodeUtf8(`[${Array.from({ length: 400_000 }, (_, n) => `{"n":${n}}`).join(',')}]`)
const binary = new Uint8Array(3 * MIB).map((_, i) => i * 7)

describe('a long payload', () => {
  test('[PV17] of JSON is shown as it is and says why, and of text in pages', () => {
    expect(json.length).toBeGreaterThan(4_000_000)
    for (const view of ['auto', 'json'] as const) {
      expect(readPages(json, view, 16)).toMatchObject({ type: 'plaintext', isTooLong: true })
    }
    expect(readPages(json, 'plaintext', 16)).toMatchObject({ isTooLong: false })
    expect(whole(json, 'auto')).toBe(new TextDecoder().decode(json))
    expect(typeOf(json)).toBe('json')
  })

  test('[PV17] of bytes is hex, and text only with an issue', () => {
    expect(readPages(binary, 'auto', 16)).toMatchObject({ type: 'hex', isTooLong: false })
    expect(readPages(binary, 'json', 16)).toMatchObject({
      type: 'hex',
      issue: { code: 'not-utf8' },
    })
    const plain = readPages(binary, 'plaintext', 16)
    expect(plain).toMatchObject({ type: 'plaintext', issue: { code: 'not-utf8' } })
    expect(typeOf(binary)).toBe('hex')
  })

  test('[PV17] is Base64 page by page, and together what it would be as a whole', () => {
    expect(whole(binary, 'base64')).toBe(Buffer.from(binary).toString('base64'))
    const { count, page } = readPages(binary, 'base64', 16)
    expect(page(count - 1)).toMatchObject({ to: 4 * MIB, total: 4 * MIB })
  })

  test('[PV17] is hex page by page, and no byte is left out', () => {
    const { count, page } = readPages(binary, 'hex', 16)
    expect(page(0).from).toBe(0)
    for (let i = 1; i < count; i++) expect(page(i).from).toBe(page(i - 1).to)
    expect(page(count - 1).to).toBe(binary.length)
  })

  test('[PV17] without line breaks is split as quickly as one with them', () => {
    const text = new Uint8Array(20 * MIB).fill(97)
    const before = performance.now()
    expect(readPages(text, 'plaintext', 16).count).toBeGreaterThan(600)
    expect(performance.now() - before).toBeLessThan(5_000)
  })
})
