import type { Search, SearchIssue, SearchTerm } from './search.ts'
import { readTerm } from './readTerm.ts'
import type { LocalTime } from './readTime.ts'
import { TermText } from './termText.ts'

/**
 * Reads what was typed into a search bar: terms with spaces between them, as `help` explains them to
 * the user. Times of day are those of `local`. An empty text is a search without terms, which every
 * message passes. The first mistake makes the whole text an issue.
 */
export function parseSearch(text: string, local: LocalTime): Search | SearchIssue {
  const source = new TermText(text)
  const terms: SearchTerm[] = []
  for (;;) {
    source.skipSpace()
    if (source.isAtEnd) return { terms }
    const from = source.at
    const negated = source.text[from] === '-' && !source.isSpaceAt(from + 1)
    if (negated) source.at += 1
    const parsed = readTerm(source, local)
    if ('mistake' in parsed) return { ...parsed.mistake, from, to: source.at }
    // Empty quotes look for nothing, which is everywhere.
    if (parsed.value.kind === 'text' && parsed.value.text === '') continue
    terms.push({ ...parsed.value, negated })
  }
}
