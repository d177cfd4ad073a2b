/** Where Unicode has letters with another case; what lies beyond has none (Unicode 16: up to U+1E943). */
const LAST_CASED = 0x1e943

let known: string | undefined

/**
 * All characters that are the same as `character` without regard to case, itself among them: simple
 * case folding, as the flags `iu` of a regular expression have it, so that what is found and what is
 * highlighted are always the same. `k` has three: `k`, `K` and the Kelvin sign.
 */
export function caseVariants(character: string): string[] {
  known ??= casedCharacters()
  // A surrogate by itself is no character, and a class makes every other one literal.
  const escaped = character.codePointAt(0)?.toString(16) ?? ''
  const same: string[] = known.match(new RegExp(`\\u{${escaped}}`, 'giu')) ?? []
  return same.includes(character) ? same : [character, ...same]
}

/** Every character whose case can be changed, about 3,000. */
function casedCharacters(): string {
  const parts: string[] = []
  for (let code = 0; code <= LAST_CASED; code += 1) {
    const isSurrogate = code >= 0xd800 && code < 0xe000
    if (!isSurrogate) parts.push(String.fromCodePoint(code))
  }
  return parts.join('').replace(/\P{CWCM}+/gu, '')
}
