import { encodeUtf8 } from '../text.ts'
import { lexemeTest, readString, type LexemeTest } from './jsonCompare.ts'
import type { JsonTest } from './search.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d

const SCALAR = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)$/

type Step = { position: number } | { name: string; bytes: Uint8Array }

/**
 * Finds the value of a path in JSON as it lies in UTF-8 bytes, without parsing or decoding the rest. Of
 * members with one name each counts. Only what must be crossed on the way is looked at: text with a
 * mistake behind the value still has that value. Nothing is thrown, and time is linear in the length.
 */
export class JsonFinder {
  readonly #steps: Step[]
  readonly #test: LexemeTest | undefined
  #bytes: Uint8Array = new Uint8Array(0)
  #at = 0
  #end = 0
  /** What was read is no JSON, so nothing behind it can be understood. */
  #isBroken = false

  constructor({ path, comparison }: JsonTest) {
    this.#steps = path.map((step) =>
      typeof step === 'number' ? { position: step } : { name: step, bytes: encodeUtf8(step) },
    )
    this.#test = comparison && lexemeTest(comparison)
  }

  /** Whether the text in bytes `from` to `to` (not included) has such a value. */
  matches(bytes: Uint8Array, from: number, to: number): boolean {
    this.#bytes = bytes
    this.#at = from
    this.#end = to
    this.#isBroken = false
    return this.#matchesFrom(0)
  }

  /** Reads the value that comes next; it is behind it afterwards, unless it matched. */
  #matchesFrom(index: number): boolean {
    if (this.#isBroken) return false
    this.#skipSpace()
    const step = this.#steps[index]
    if (!step) {
      const start = this.#at
      if (!this.#skipValue()) return false
      return !this.#test || this.#test(this.#bytes, start, this.#at)
    }
    const first = this.#bytes[this.#at]
    const isWay = 'name' in step ? first === OPEN_BRACE : first === OPEN_BRACKET
    if (this.#at < this.#end && isWay) return this.#matchesWithin(step, index)
    this.#skipValue()
    return false
  }

  #matchesWithin(step: Step, index: number): boolean {
    const close = 'name' in step ? CLOSE_BRACE : CLOSE_BRACKET
    this.#at += 1
    if (this.#take(close)) return false
    for (let position = 0; !this.#isBroken; position += 1) {
      const isOurs = 'name' in step ? this.#takeName(step) : position === step.position
      if (isOurs) {
        if (this.#matchesFrom(index + 1)) return true
      } else {
        this.#skipSpace()
        this.#skipValue()
      }
      if (this.#take(close)) return false
      if (!this.#take(COMMA)) this.#isBroken = true
    }
    return false
  }

  /** Reads the name of a member and the colon behind it. */
  #takeName({ name, bytes }: { name: string; bytes: Uint8Array }): boolean {
    this.#skipSpace()
    const start = this.#at
    if (this.#at >= this.#end || this.#bytes[start] !== QUOTE) {
      this.#isBroken = true
      return false
    }
    const hasEscape = this.#skipString()
    const end = this.#at
    if (!this.#take(COLON)) this.#isBroken = true
    if (hasEscape) return readString(this.#bytes, start, end) === name
    if (end - start - 2 !== bytes.length) return false
    for (let i = 0; i < bytes.length; i += 1) {
      if (this.#bytes[start + 1 + i] !== bytes[i]) return false
    }
    return true
  }

  /** Reads this byte, if it comes next. */
  #take(byte: number): boolean {
    this.#skipSpace()
    if (this.#isBroken || this.#at >= this.#end || this.#bytes[this.#at] !== byte) return false
    this.#at += 1
    return true
  }

  #skipSpace(): void {
    for (; this.#at < this.#end; this.#at += 1) {
      const byte = this.#bytes[this.#at]
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return
    }
  }

  /**
   * Reads a value, if there is one. Brackets are counted and not held against each other: only where
   * the last one closes matters here.
   */
  #skipValue(): boolean {
    let depth = 0
    const first = this.#bytes[this.#at]
    if (this.#at < this.#end && first !== QUOTE && first !== OPEN_BRACE && first !== OPEN_BRACKET) {
      return this.#skipScalar()
    }
    while (this.#at < this.#end) {
      const byte = this.#bytes[this.#at]
      if (byte === QUOTE) this.#skipString()
      else {
        this.#at += 1
        if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth += 1
        else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1
      }
      if (depth === 0) return !this.#isBroken
    }
    this.#isBroken = true
    return false
  }

  #skipScalar(): boolean {
    const start = this.#at
    for (; this.#at < this.#end; this.#at += 1) {
      const byte = this.#bytes[this.#at] ?? 0
      if (byte <= 0x20 || byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) break
    }
    this.#isBroken = !isScalar(this.#bytes, start, this.#at)
    return !this.#isBroken
  }

  /** Reads a string and tells whether there is a backslash in it. */
  #skipString(): boolean {
    let hasEscape = false
    for (this.#at += 1; this.#at < this.#end; this.#at += 1) {
      const byte = this.#bytes[this.#at]
      if (byte === QUOTE) {
        this.#at += 1
        return hasEscape
      }
      if (byte === BACKSLASH) {
        hasEscape = true
        this.#at += 1
      }
    }
    this.#isBroken = true
    return hasEscape
  }
}

/** Whether the bytes are a number, `true`, `false` or `null`. */
function isScalar(bytes: Uint8Array, from: number, to: number): boolean {
  let digits = from
  while (digits < to && (bytes[digits] ?? 0) >= 0x30 && (bytes[digits] ?? 0) <= 0x39) digits += 1
  // Most are whole numbers without a sign.
  if (digits === to && to > from && (bytes[from] !== 0x30 || to === from + 1)) return true
  let text = ''
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0)
  return SCALAR.test(text)
}
