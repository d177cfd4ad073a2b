import type { SegmentRows } from './segmentRows.ts'

/** Stands behind each payload while all are decoded at once; ASCII ends whatever was not UTF-8. */
const SEPARATOR = 0x1f
const SEPARATOR_TEXT = '\x1f'

/** A byte order mark is part of a payload. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/**
 * The payloads of a segment as text, decoded in one go: a million decoders' calls would take seconds.
 * What is not UTF-8 becomes U+FFFD, exactly as if each payload were decoded by itself.
 */
export class SegmentText {
  readonly #text: string
  /** Where each payload begins in the text; one more than there are, for the end of the last. */
  readonly #starts: Uint32Array

  /** Decodes the payloads that are `wanted` (not 0); the others are empty. */
  constructor(rows: SegmentRows, wanted: Uint8Array) {
    const joined = join(rows, wanted)
    this.#text = decoder.decode(joined.bytes)
    // No character is longer than its bytes, so equal lengths mean equal places.
    this.#starts =
      this.#text.length === joined.bytes.length ? joined.starts : placesIn(this.#text, joined)
  }

  /** The text of payload `i`. */
  of(i: number): string {
    return this.#text.slice(this.#starts[i], (this.#starts[i + 1] ?? 0) - 1)
  }
}

type Joined = { bytes: Uint8Array; starts: Uint32Array }

function join(rows: SegmentRows, wanted: Uint8Array): Joined {
  const { count, bytes } = rows
  let size = count
  for (let i = 0; i < count; i += 1) if (wanted[i]) size += rows.endOf(i) - rows.startOf(i)
  const joined = new Uint8Array(size)
  const places = new Uint32Array(count + 1)
  let at = 0
  for (let i = 0; i < count; i += 1) {
    if (wanted[i]) {
      const payload = bytes.subarray(rows.startOf(i), rows.endOf(i))
      joined.set(payload, at)
      at += payload.length
    }
    joined[at] = SEPARATOR
    at += 1
    places[i + 1] = at
  }
  return { bytes: joined, starts: places }
}

/** The places of the payloads in the text: behind the separators that are not their own. */
function placesIn(text: string, { bytes, starts }: Joined): Uint32Array {
  const places = new Uint32Array(starts.length)
  let at = 0
  for (let i = 0; i + 1 < starts.length; i += 1) {
    const end = (starts[i + 1] ?? 0) - 1
    let own = bytes.indexOf(SEPARATOR, starts[i])
    at = text.indexOf(SEPARATOR_TEXT, at) + 1
    for (; own < end; own = bytes.indexOf(SEPARATOR, own + 1)) {
      at = text.indexOf(SEPARATOR_TEXT, at) + 1
    }
    places[i + 1] = at
  }
  return places
}
