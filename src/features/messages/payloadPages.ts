import type { PayloadType, PayloadView } from '@/core/draft.ts'
import { encodeBase64 } from '@/core/payload/base64.ts'
import { dumpHex } from '@/core/payload/hex.ts'
import type { PayloadIssue } from '@/core/payload/payloadIssue.ts'
import { viewPayload, type PayloadReading } from '@/core/payload/viewPayload.ts'
import type { Bytes } from '@/core/units.ts'
import { jsonPart, payloadPieces, type PayloadPiece } from './payloadPieces.ts'

/** A whole payload to read, in parts that the page can hold. */
export type PayloadPages = {
  type: PayloadType
  issue?: PayloadIssue
  /** Set when JSON is too long to be laid out: it is shown as plaintext. */
  isTooLong: boolean
  count: number
  page: (index: number) => PayloadPage
}

/** One part: `from` to `to` of `total`, counted in bytes for hex and in characters otherwise. */
type PayloadPage = {
  pieces: PayloadPiece[]
  /** The characters that the pieces are made of; undefined for a dump. */
  text?: string
  from: number
  to: number
  total: number
}

/** Characters on one page: coloured JSON of this length takes the browser some 50 ms to lay out. */
const PAGE_CHARACTERS = 30_000

/** The same in a dump, whose lines show 16 bytes in 76 characters. */
const PAGE_BYTES: Bytes = 384 * 16

/** A page of Base64, which has 4 characters for 3 bytes. */
const BASE64_BYTES: Bytes = (PAGE_CHARACTERS / 4) * 3

/** To lay out more JSON than this, or to write out more hex, would hold up the page for too long. */
const LONG: Bytes = 2_000_000

/** A long payload is taken for what its beginning is. */
const BEGINNING: Bytes = 64 * 1024

/** Reads a payload in one view. `dumpColumns` bytes stand in a line of hex. */
export function readPages(bytes: Uint8Array, view: PayloadView, dumpColumns: 8 | 16): PayloadPages {
  const { type, text, issue, isTooLong } =
    bytes.length > LONG ? readLong(bytes, view) : readShort(bytes, view)
  const shared = { type, isTooLong, ...(issue && { issue }) }
  if (type === 'hex') return { ...shared, ...dumpPages(bytes, dumpColumns) }
  if (type === 'base64') return { ...shared, ...base64Pages(bytes) }
  return { ...shared, ...textPages(text, type === 'json') }
}

/** What a payload is, whatever it is shown as. */
export function typeOf(bytes: Uint8Array): PayloadType {
  const isLong = bytes.length > LONG
  return viewPayload(isLong ? bytes.subarray(0, BEGINNING) : bytes, 'auto', isLong).type
}

function readShort(bytes: Uint8Array, view: PayloadView): PayloadReading & { isTooLong: boolean } {
  return { ...viewPayload(bytes, view), isTooLong: false }
}

/** The same without laying out or writing out the whole: of what is paged by bytes there is no text. */
function readLong(bytes: Uint8Array, view: PayloadView): PayloadReading & { isTooLong: boolean } {
  const asked = view === 'auto' ? typeOf(bytes) : view
  if (asked === 'hex' || asked === 'base64') return { type: asked, text: '', isTooLong: false }
  const reading = viewPayload(bytes, 'plaintext')
  if (!reading.issue) return { ...reading, isTooLong: asked === 'json' }
  if (view === 'plaintext') return { ...reading, isTooLong: false }
  const issue = view === 'json' ? { issue: reading.issue } : {}
  return { type: 'hex', text: '', ...issue, isTooLong: false }
}

function textPages(text: string, isJson: boolean): Pick<PayloadPages, 'count' | 'page'> {
  const starts = pageStarts(text)
  return {
    count: starts.length,
    page(index) {
      const from = starts[index] ?? 0
      const to = starts[index + 1] ?? text.length
      const part = text.slice(from, to)
      const pieces = isJson ? jsonPart(text, from, to) : payloadPieces(part, false)
      return { pieces, text: part, from, to, total: text.length }
    },
  }
}

function base64Pages(bytes: Uint8Array): Pick<PayloadPages, 'count' | 'page'> {
  const total = Math.ceil(bytes.length / 3) * 4
  return {
    count: Math.max(1, Math.ceil(bytes.length / BASE64_BYTES)),
    page(index) {
      const start = index * BASE64_BYTES
      const text = encodeBase64(bytes.subarray(start, start + BASE64_BYTES))
      const from = index * PAGE_CHARACTERS
      return { pieces: [{ kind: 'plain', text }], text, from, to: from + text.length, total }
    },
  }
}

function dumpPages(bytes: Uint8Array, columns: number): Pick<PayloadPages, 'count' | 'page'> {
  return {
    count: Math.max(1, Math.ceil(bytes.length / PAGE_BYTES)),
    page(index) {
      const from = index * PAGE_BYTES
      const part = bytes.subarray(from, from + PAGE_BYTES)
      const text = dumpHex(part, from, columns)
      return {
        pieces: [{ kind: 'plain', text }],
        from,
        to: from + part.length,
        total: bytes.length,
      }
    },
  }
}

/** Where pages begin: behind the last line break of a page, or else where no character is torn. */
function pageStarts(text: string): number[] {
  const starts = [0]
  for (let start = 0; text.length - start > PAGE_CHARACTERS;) {
    const end = start + PAGE_CHARACTERS
    // Only within the page: in a text without line breaks the whole of it would be looked through.
    const feed = start + text.slice(start, end).lastIndexOf('\n')
    const code = text.charCodeAt(end)
    const tearsPair = code >= 0xdc00 && code < 0xe000
    if (feed > start + PAGE_CHARACTERS / 2) start = feed + 1
    else start = tearsPair ? end - 1 : end
    starts.push(start)
  }
  return starts
}
