import { classify, mistakeOf, skipSpace, type Expected } from './jsonGrammar.ts'
import { readNumber, readString, readWord, type Lexeme } from './jsonLexemes.ts'
import { positionAt, type JsonReason, type PayloadIssue } from './payloadIssue.ts'

/** `rest` is everything from the first mistake on; only `jsonTokens` gives it, and only once. */
export type JsonTokenKind = 'space' | 'punctuation' | 'key' | 'string' | 'number' | 'word' | 'rest'

export type JsonToken = { kind: JsonTokenKind; text: string }

export type JsonIssue = Extract<PayloadIssue, { code: 'bad-json' }>

/**
 * Reads JSON strictly (RFC 8259) and calls `visit` for each lexeme, as written, in order: no number is
 * parsed and no key looked up, so nothing can be lost. Returns the first mistake, where the visits end.
 * Its own stack makes the depth of nesting a matter of memory only.
 */
export function scanJson(
  text: string,
  visit: (kind: JsonTokenKind, from: number, to: number) => void,
): JsonIssue | undefined {
  const brackets: ('[' | '{')[] = []
  let expected: Expected = 'value'
  let at = 0

  const issue = (reason: JsonReason, place = at): JsonIssue => ({
    code: 'bad-json',
    reason,
    ...positionAt(text, place),
  })
  const afterValue = (): Expected => (brackets.length === 0 ? 'end' : 'comma-or-end')

  for (;;) {
    const start = skipSpace(text, at)
    if (start > at) visit('space', at, start)
    at = start
    const character = text[at]
    if (character === undefined) break

    const found = classify(character)
    const mistake = mistakeOf(found, expected, text, at)
    if (mistake) return issue(mistake)

    let lexeme: Lexeme = { end: at + 1 }
    let kind: JsonTokenKind = 'punctuation'
    switch (found) {
      case 'open': {
        brackets.push(character as '[' | '{')
        expected = character === '[' ? 'value-or-end' : 'key-or-end'
        break
      }
      case 'close': {
        const opened = brackets.pop()
        if ((character === ']') !== (opened === '[')) return issue('wrong-bracket')
        expected = afterValue()
        break
      }
      case 'comma':
        expected = brackets.at(-1) === '[' ? 'value' : 'key'
        break
      case 'colon':
        expected = 'value'
        break
      case 'string': {
        lexeme = readString(text, at)
        const isKey: boolean = expected === 'key' || expected === 'key-or-end'
        kind = isKey ? 'key' : 'string'
        expected = isKey ? 'colon' : afterValue()
        break
      }
      case 'number':
        lexeme = readNumber(text, at)
        kind = 'number'
        expected = afterValue()
        break
      case 'word':
        lexeme = readWord(text, at)
        kind = 'word'
        expected = afterValue()
        break
      case 'other':
        return issue('character')
    }
    if (lexeme.reason) return issue(lexeme.reason, lexeme.end)
    visit(kind, at, lexeme.end)
    at = lexeme.end
  }
  if (expected === 'end') return undefined
  const opened = brackets.at(-1)
  if (opened) return issue(opened === '[' ? 'open-array' : 'open-object')
  return issue('empty')
}

/** The lexemes of a text; joined they are the text again, whether or not it is JSON. */
export function jsonTokens(text: string): JsonToken[] {
  const tokens: JsonToken[] = []
  let end = 0
  scanJson(text, (kind, from, to) => {
    tokens.push({ kind, text: text.slice(from, to) })
    end = to
  })
  if (end < text.length) tokens.push({ kind: 'rest', text: text.slice(end) })
  return tokens
}
