import { scanJson, type JsonIssue } from './jsonTokens.ts'

/**
 * Nesting deeper than this is not broken into lines. It keeps a hostile payload of brackets from
 * growing with the square of its length; what people write by hand stays far below.
 */
const MAX_DEPTH = 32

/** A line break and the indent behind it, by depth. */
const BREAKS = Array.from({ length: MAX_DEPTH + 1 }, (_, depth) => `\n${'  '.repeat(depth)}`)

/**
 * JSON laid out with two spaces per level, each lexeme as written: only the spaces between them change.
 * From the first mistake on, the text follows as it is, and `issue` says where that is.
 */
export function formatJson(text: string): { text: string; issue?: JsonIssue } {
  const parts: string[] = []
  let depth = 0
  let end = 0
  // A bracket waits for what follows it, because an empty pair stays on one line.
  let pending = false

  const breakLine = () => {
    const lineBreak = BREAKS[depth]
    if (lineBreak !== undefined) parts.push(lineBreak)
  }
  const issue = scanJson(text, (kind, from, to) => {
    end = to
    if (kind === 'space') return
    const lexeme = text.slice(from, to)
    const isPunctuation = kind === 'punctuation'
    const closes = isPunctuation && (lexeme === ']' || lexeme === '}')
    if (closes) {
      depth -= 1
      // The partner of a bracket that was not followed by a line break gets none either.
      if (!pending && depth < MAX_DEPTH) breakLine()
      pending = false
      parts.push(lexeme)
      return
    }
    if (pending) breakLine()
    pending = isPunctuation && (lexeme === '[' || lexeme === '{')
    parts.push(lexeme)
    if (pending) depth += 1
    if (!isPunctuation || pending) return
    if (lexeme === ':') parts.push(' ')
    else if (depth <= MAX_DEPTH) breakLine()
    else parts.push(' ')
  })
  const rest = text.slice(end)
  if (rest !== '') parts.push(rest)
  return issue ? { text: parts.join(''), issue } : { text: parts.join('') }
}
