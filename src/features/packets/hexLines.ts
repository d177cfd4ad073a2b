import type { Bytes } from '@/core/units.ts'

/** Neighbouring bytes that are marked alike, as pairs of digits with a space behind each. */
type HexRun = { at: Bytes; pairs: string; isMarked: boolean }

export type HexLine = {
  /** Six digits. */
  offset: string
  runs: HexRun[]
  /** What makes the pairs as wide as those of a full line. */
  padding: string
  /** Printable ASCII; others as `.`. */
  characters: string
}

/** The bytes as lines of `columns`, with those from `start` to `end` (not included) marked. */
export function hexLines(
  bytes: Uint8Array,
  columns: number,
  marked: { start: Bytes; end: Bytes } | undefined,
): HexLine[] {
  const lines: HexLine[] = []
  for (let from = 0; from < bytes.length; from += columns) {
    const line = bytes.subarray(from, from + columns)
    lines.push({
      offset: from.toString(16).padStart(6, '0'),
      runs: runsOf(line, from, marked),
      padding: '   '.repeat(columns - line.length),
      characters: [...line].map(characterOf).join(''),
    })
  }
  return lines
}

function runsOf(
  line: Uint8Array,
  from: Bytes,
  marked: { start: Bytes; end: Bytes } | undefined,
): HexRun[] {
  const runs: HexRun[] = []
  for (const [index, byte] of line.entries()) {
    const at = from + index
    const isMarked = marked !== undefined && at >= marked.start && at < marked.end
    const pair = `${byte.toString(16).padStart(2, '0')} `
    const last = runs.at(-1)
    if (last?.isMarked === isMarked) last.pairs += pair
    else runs.push({ at, pairs: pair, isMarked })
  }
  return runs
}

function characterOf(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'
}
