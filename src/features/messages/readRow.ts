import type { PayloadView } from '@/core/draft.ts'
import type { MessageRow } from '@/core/message.ts'
import { dumpHex } from '@/core/payload/hex.ts'
import { viewPayload, type PayloadReading } from '@/core/payload/viewPayload.ts'
import type { Bytes } from '@/core/units.ts'
import { cutLines } from './cutLines.ts'

/**
 * A payload in a row: the beginning of a long one. `isGuess` when `type` was chosen by that beginning,
 * and what follows may be something else.
 */
export type RowReading = PayloadReading & { isCut: boolean; isGuess: boolean }

/** More than fits in a row, whatever the view. */
const MAX_BYTES: Bytes = 4096

const MAX_LINES = 12

/** So few lines more are shown as well: a button in their place would save nothing. */
const SPARED_LINES = 3

/** The width of a dump with 16 bytes in a line: offset, pairs, and their characters. */
const WIDE_DUMP = 74

/** Decoded once for each row and each way to show it; gone with the row. */
const readings = new WeakMap<MessageRow, Map<string, RowReading>>()

/** The payload of a row as text, cut to `MAX_LINES` lines of `columns` characters. */
export function readRow(row: MessageRow, view: PayloadView, columns: number): RowReading {
  const key = `${view} ${columns}`
  const known = readings.get(row)?.get(key)
  if (known) return known
  const reading = readPreview(row, view, columns)
  const ofRow = readings.get(row) ?? new Map<string, RowReading>()
  readings.set(row, ofRow.set(key, reading))
  return reading
}

function readPreview(row: MessageRow, view: PayloadView, columns: number): RowReading {
  const beginning = row.preview.subarray(0, MAX_BYTES)
  // Only the whole tells whether it is JSON, so as much of it as is there is read for that.
  const isJudged = view === 'auto' || view === 'json'
  const bytes = isJudged && row.preview.length === row.size ? row.preview : beginning
  const isPart = bytes.length < row.size
  const reading = viewPayload(bytes, view, isPart)
  const text =
    reading.type === 'hex' ? dumpHex(beginning, 0, columns < WIDE_DUMP ? 8 : 16) : reading.text
  const isGuess = view === 'auto' && isPart
  const fits = !isPart && cutLines(text, MAX_LINES + SPARED_LINES, columns) === text
  const cut = fits ? text : cutLines(text, MAX_LINES, columns)
  return { ...reading, text: cut, isCut: isPart || cut.length < text.length, isGuess }
}
