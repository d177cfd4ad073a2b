import { encodeUtf8 } from '../text.ts'
import { caseVariants } from './caseVariants.ts'

/** Longer steps than this are hardly ever taken, and would only cost time to prepare. */
const MAX_STEP = 64

const NOTHING = new Uint8Array(0)

/** Where in the needle a byte may stand: at `offset` of a variant of a character. */
type Place = { step: number; variant: number; offset: number }

/**
 * Finds a text in UTF-8 bytes in upper or lower case, without decoding them. This is Horspool's search,
 * where each place of the needle may have several bytes: after a look at one byte it steps as far as the
 * needle allows. A character may have variants of different lengths (`ß` and `ẞ`), so the table is made
 * for the shortest form, and every match is checked from its beginning.
 */
export class ByteNeedle {
  /** The encoded variants of each character; no variant is the beginning of another one. */
  readonly #steps: Uint8Array[][]
  /** How many bytes the table covers. */
  readonly #reach: number
  /** By the byte at the end of the reach: how far to step, 0 where a match is possible. */
  readonly #leaps: Uint8Array
  /** The same after a match was not one. */
  readonly #steppings: Uint8Array
  /** By byte: 1 where a match may begin with it. */
  readonly #firsts = new Uint8Array(256)
  /** Where the last match that `find` gave ends. */
  end = 0

  /** `text` must not be empty. */
  constructor(text: string) {
    this.#steps = Array.from(text, (character) => caseVariants(character).map(encodeUtf8))
    const shortest = this.#steps.reduce((sum, variants) => {
      return sum + Math.min(...variants.map(({ length }) => length))
    }, 0)
    this.#reach = Math.min(shortest, MAX_STEP)
    this.#steppings = new Uint8Array(256).fill(this.#reach)
    this.#leaps = new Uint8Array(256)
    this.#fillTables()
  }

  /** Where the first match from `from` on begins that ends at `to` or before; -1 where there is none. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const leaps = this.#leaps
    const firsts = this.#firsts
    const ahead = this.#reach - 1
    let last = from + ahead
    while (last < to) {
      const byte = bytes[last] ?? 0
      const leap = leaps[byte] ?? 0
      if (leap > 0) {
        last += leap
        continue
      }
      const at = last - ahead
      const end = firsts[bytes[at] ?? 0] === 1 ? this.#endOfMatch(bytes, at, to) : -1
      if (end !== -1) {
        this.end = end
        return at
      }
      last += this.#steppings[byte] ?? 1
    }
    return -1
  }

  #endOfMatch(bytes: Uint8Array, from: number, to: number): number {
    const steps = this.#steps
    let at = from
    for (let step = 0; step < steps.length; step += 1) {
      const length = lengthHere(steps[step] ?? [], bytes, at, to)
      if (length === 0) return -1
      at += length
    }
    return at
  }

  #fillTables(): void {
    let places = this.#placesAt(0)
    for (const byte of this.#bytesAt(places)) this.#firsts[byte] = 1
    for (let index = 0; index < this.#reach; index += 1) {
      const isLast = index === this.#reach - 1
      if (isLast) this.#leaps.set(this.#steppings)
      for (const byte of this.#bytesAt(places)) {
        if (isLast) this.#leaps[byte] = 0
        else this.#steppings[byte] = this.#reach - 1 - index
      }
      places = this.#after(places)
    }
  }

  #placesAt(step: number): Place[] {
    return (this.#steps[step] ?? []).map((_, variant) => ({ step, variant, offset: 0 }))
  }

  #bytesAt(places: readonly Place[]): number[] {
    return places.flatMap(
      ({ step, variant, offset }) => this.#steps[step]?.[variant]?.[offset] ?? [],
    )
  }

  #after(places: readonly Place[]): Place[] {
    const next = new Map<string, Place>()
    for (const { step, variant, offset } of places) {
      const isWithin = offset + 1 < (this.#steps[step]?.[variant]?.length ?? 0)
      const following = isWithin
        ? [{ step, variant, offset: offset + 1 }]
        : this.#placesAt(step + 1)
      for (const place of following) {
        next.set(`${place.step} ${place.variant} ${place.offset}`, place)
      }
    }
    return [...next.values()]
  }
}

/** The length of the variant that stands at `at`, or 0. */
function lengthHere(variants: Uint8Array[], bytes: Uint8Array, at: number, to: number): number {
  for (let index = 0; index < variants.length; index += 1) {
    const variant = variants[index] ?? NOTHING
    const { length } = variant
    if (at + length > to) continue
    let same = 0
    while (same < length && bytes[at + same] === variant[same]) same += 1
    if (same === length) return length
  }
  return 0
}
