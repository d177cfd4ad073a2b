import { encodeUtf8 } from '../text.ts'
import { lexemeTest, readString, type LexemeTest } from './jsonCompare.ts'
import { skipSpace, skipString, skipValue } from './jsonSkip.ts'
import type { JsonTest } from './search.ts'

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

type Step = { position: number } | { name: string; bytes: Uint8Array }

/** A place behind every end: what was read is no JSON, so nothing behind it can be understood. */
const BROKEN = -1

/**
 * Finds the value of a path in JSON as it lies in UTF-8 bytes, without parsing or decoding the rest. Of
 * members with one name each counts. Only what must be crossed on the way is looked at: text with a
 * mistake behind the value still has that value. Nothing is thrown, and time is linear in the length.
 */
export class JsonFinder {
  readonly #steps: Step[]
  readonly #test: LexemeTest | undefined
  #hasMatched = false
  /** Where the value that `matches` found begins and ends (not included), in bytes. */
  start = 0
  end = 0

  constructor({ path, comparison }: JsonTest) {
    this.#steps = path.map((step) =>
      typeof step === 'number' ? { position: step } : { name: step, bytes: encodeUtf8(step) },
    )
    this.#test = comparison && lexemeTest(comparison)
  }

  /** Whether the text in bytes `from` to `to` (not included) has such a value. */
  matches(bytes: Uint8Array, from: number, to: number): boolean {
    this.#hasMatched = false
    this.#crossValue(bytes, from, to, 0)
    return this.#hasMatched
  }

  /** Reads the value at `from`, whose path goes on with step `index`; returns where it ends. */
  #crossValue(bytes: Uint8Array, from: number, to: number, index: number): number {
    const at = skipSpace(bytes, from, to)
    const step = this.#steps[index]
    if (!step) {
      const end = skipValue(bytes, at, to)
      if (end !== BROKEN && (!this.#test || this.#test(bytes, at, end))) {
        this.#hasMatched = true
        this.start = at
        this.end = end
      }
      return end
    }
    const first = at < to ? bytes[at] : undefined
    if ('name' in step && first === OPEN_BRACE) return this.#crossObject(bytes, at, to, index, step)
    if ('position' in step && first === OPEN_BRACKET) {
      return this.#crossArray(bytes, at, to, index, step.position)
    }
    return skipValue(bytes, at, to)
  }

  #crossObject(
    bytes: Uint8Array,
    from: number,
    to: number,
    index: number,
    step: { name: string; bytes: Uint8Array },
  ): number {
    let at = skipSpace(bytes, from + 1, to)
    if (at < to && bytes[at] === CLOSE_BRACE) return at + 1
    for (;;) {
      if (at >= to || bytes[at] !== QUOTE) return BROKEN
      const end = skipString(bytes, at, to)
      if (end === BROKEN) return BROKEN
      const isOurs = isName(bytes, at, end, step)
      at = skipSpace(bytes, end, to)
      if (at >= to || bytes[at] !== COLON) return BROKEN
      at = isOurs
        ? this.#crossValue(bytes, at + 1, to, index + 1)
        : skipValue(bytes, skipSpace(bytes, at + 1, to), to)
      if (at === BROKEN || this.#hasMatched) return at
      at = skipSpace(bytes, at, to)
      if (at < to && bytes[at] === CLOSE_BRACE) return at + 1
      if (at >= to || bytes[at] !== COMMA) return BROKEN
      at = skipSpace(bytes, at + 1, to)
    }
  }

  #crossArray(bytes: Uint8Array, from: number, to: number, index: number, wanted: number): number {
    let at = skipSpace(bytes, from + 1, to)
    if (at < to && bytes[at] === CLOSE_BRACKET) return at + 1
    for (let position = 0; ; position += 1) {
      at =
        position === wanted
          ? this.#crossValue(bytes, at, to, index + 1)
          : skipValue(bytes, skipSpace(bytes, at, to), to)
      if (at === BROKEN || this.#hasMatched) return at
      at = skipSpace(bytes, at, to)
      if (at < to && bytes[at] === CLOSE_BRACKET) return at + 1
      if (at >= to || bytes[at] !== COMMA) return BROKEN
      at += 1
    }
  }
}

/** Whether the string from `from` to `to`, quotes included, is a name. */
function isName(
  bytes: Uint8Array,
  from: number,
  to: number,
  wanted: { name: string; bytes: Uint8Array },
): boolean {
  const { length } = wanted.bytes
  let same = 0
  while (same < length && bytes[from + 1 + same] === wanted.bytes[same]) same += 1
  if (same === length && to - from === length + 2) return true
  // Only an escape makes other bytes the same name, and it is longer than what it stands for.
  return to - from > length + 2 && readString(bytes, from, to) === wanted.name
}
