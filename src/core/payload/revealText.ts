/** A stretch of text to print, or a character that would not be seen and is printed as `text`. */
export type TextPiece = { kind: 'plain' | 'hidden'; text: string }

/**
 * C0 and C1 controls but tab and line feed, the marks, overrides and isolates of bidirectional text,
 * invisible spaces and separators, and what Unicode calls no character. An override can make `evil`
 * read as `live`. The joiners U+200C and U+200D stay: they make up emoji and words.
 */
const HIDDEN =
  /[^\P{Cc}\t\n]|[\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]/gu

/**
 * Splits a text into what can be printed as it is and the characters that must be made visible: a C0
 * control as its picture (`␀`), others as `U+202E`. For showing only; copying takes the text itself.
 */
export function revealText(text: string): TextPiece[] {
  const pieces: TextPiece[] = []
  let end = 0
  for (const match of text.matchAll(HIDDEN)) {
    if (match.index > end) pieces.push({ kind: 'plain', text: text.slice(end, match.index) })
    pieces.push({ kind: 'hidden', text: nameOf(match[0]) })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push({ kind: 'plain', text: text.slice(end) })
  return pieces
}

function nameOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
