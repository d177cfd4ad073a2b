import type { JsonReason } from './payloadIssue.ts'

/** What may come next in a JSON text. */
export type Expected =
  | 'value'
  | 'value-or-end'
  | 'key'
  | 'key-or-end'
  | 'colon'
  | 'comma-or-end'
  | 'end'

/** What kind of lexeme a character begins. */
export type Found = 'open' | 'close' | 'comma' | 'colon' | 'string' | 'number' | 'word' | 'other'

/** The kind of lexeme that begins with this character. */
export function classify(character: string): Found {
  if (character === '{' || character === '[') return 'open'
  if (character === '}' || character === ']') return 'close'
  if (character === ',') return 'comma'
  if (character === ':') return 'colon'
  if (character === '"') return 'string'
  if (character === '-' || (character >= '0' && character <= '9')) return 'number'
  return /[A-Za-z_$]/.test(character) ? 'word' : 'other'
}

/** Why `found` may not stand here, or undefined when it may. */
export function mistakeOf(
  found: Found,
  expected: Expected,
  text: string,
  at: number,
): JsonReason | undefined {
  const isValue = found === 'open' || found === 'string' || found === 'number' || found === 'word'
  if (found === 'other') return otherMistake(text, at)
  switch (expected) {
    case 'value':
      if (isValue) return undefined
      return found === 'close' && isAfterComma(text, at) ? 'trailing-comma' : 'value'
    case 'value-or-end':
      return isValue || found === 'close' ? undefined : 'value'
    case 'key':
      if (found === 'string') return undefined
      return found === 'close' ? 'trailing-comma' : 'key'
    case 'key-or-end':
      return found === 'string' || found === 'close' ? undefined : 'key'
    case 'colon':
      return found === 'colon' ? undefined : 'colon'
    case 'comma-or-end':
      return found === 'comma' || found === 'close' ? undefined : 'comma'
    case 'end':
      return 'after-end'
  }
}

function otherMistake(text: string, at: number): JsonReason {
  const character = text[at] ?? ''
  if (character === '\ufeff') return 'byte-order-mark'
  if (character === '/' || character === '#') return 'comment'
  return "'`´‘’‚“”„«»".includes(character) ? 'quotes' : 'character'
}

function isAfterComma(text: string, at: number): boolean {
  let before = at - 1
  while (isSpace(text.charCodeAt(before))) before -= 1
  return text[before] === ','
}

/** The offset of the first character from `from` on that is not white space. */
export function skipSpace(text: string, from: number): number {
  let index = from
  while (isSpace(text.charCodeAt(index))) index += 1
  return index
}

/** The four characters that RFC 8259 §2 calls whitespace. */
function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
