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
 * control as its abbreviation (`NUL`), others as `U+202E`. For showing only; copying takes the text itself.
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

/** As ASCII (RFC 20) abbreviates the controls; few fonts have the pictures that Unicode gave them. */
const C0 =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  )

function nameOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code === 0x7f) return 'DEL'
  return C0[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
