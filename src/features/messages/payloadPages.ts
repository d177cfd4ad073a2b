import type { PayloadType, PayloadView } from '@/core/draft.ts'
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
  page(index: number): PayloadPage
}

/** One part: `from` to `to` of `total`, counted in bytes for hex and in characters otherwise. */
type PayloadPage = { pieces: PayloadPiece[]; from: number; to: number; total: number }

/** Characters on one page: coloured JSON of this length takes the browser some 50 ms to lay out. */
const PAGE_CHARACTERS = 30_000

/** The same in a dump, whose lines show 16 bytes in 76 characters. */
const PAGE_BYTES: Bytes = 384 * 16

/** Laying out more JSON than this would hold up the page for longer than a blink. */
const MAX_JSON: Bytes = 2_000_000

/** Reads a payload in one view. `dumpColumns` bytes stand in a line of hex. */
export function readPages(bytes: Uint8Array, view: PayloadView, dumpColumns: 8 | 16): PayloadPages {
  const { reading, isTooLong } = readWhole(bytes, view)
  const { type, text, issue } = reading
  const shared = { type, isTooLong, ...(issue && { issue }) }
  if (type === 'hex') {
    return { ...shared, ...dumpPages(bytes, dumpColumns) }
  }
  const starts = pageStarts(text)
  return {
    ...shared,
    count: starts.length,
    page(index) {
      const from = starts[index] ?? 0
      const to = starts[index + 1] ?? text.length
      const pieces =
        type === 'json' ? jsonPart(text, from, to) : payloadPieces(text.slice(from, to), false)
      return { pieces, from, to, total: text.length }
    },
  }
}

function readWhole(
  bytes: Uint8Array,
  view: PayloadView,
): { reading: PayloadReading; isTooLong: boolean } {
  if (bytes.length > MAX_JSON && (view === 'auto' || view === 'json')) {
    const reading = viewPayload(bytes, 'plaintext')
    const mayBeJson = view === 'json' || /^[ \t\r\n]*[[{]/.test(reading.text)
    if (!reading.issue && mayBeJson) return { reading, isTooLong: true }
  }
  return { reading: viewPayload(bytes, view), isTooLong: false }
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
    const feed = text.lastIndexOf('\n', end - 1)
    const code = text.charCodeAt(end)
    const tearsPair = code >= 0xdc00 && code < 0xe000
    if (feed > start + PAGE_CHARACTERS / 2) start = feed + 1
    else start = tearsPair ? end - 1 : end
    starts.push(start)
  }
  return starts
}
