/** Messages: what is said of a payload, and the message pane. */
export const message = {
  issue: {
    badJson: 'Not valid JSON: {reason} (line {line}, column {column}).',
    badBase64:
      'Not Base64: line {line}, column {column} has a character that does not belong there.',
    base64Length: 'Not Base64: the end is missing, or the padding does not fit.',
    base64Bits:
      'Not Base64: the last letter (line {line}, column {column}) stands for no whole byte.',
    badHex: 'Not hex: line {line}, column {column} has something other than digits 0–9 and a–f.',
    oddHex: 'Half a byte: the group at line {line}, column {column} has an odd number of digits.',
    loneSurrogate:
      'Line {line}, column {column} has half a character, which cannot be sent as UTF-8.',
    notUtf8: 'Not UTF-8 text: byte {at} is not part of a character.',
  },
  json: {
    empty: 'there is no value',
    byteOrderMark: 'a byte order mark is not allowed',
    character: 'this character is not allowed here',
    comment: 'comments are not allowed',
    quotes: 'strings are written in double quotes "…"',
    word: 'only true, false and null are words of JSON',
    value: 'a value is missing here',
    key: 'a name in double quotes is expected here',
    colon: 'a colon is missing here',
    comma: 'a comma or closing bracket is missing here',
    trailingComma: 'no comma may stand before a closing bracket',
    wrongBracket: 'this bracket does not close what was opened',
    afterEnd: 'the value has already ended',
    leadingZero: 'a number does not begin with 0 and another digit',
    number: 'this number is not written as JSON writes numbers',
    escape: 'this is no escape; a backslash is written \\\\',
    controlCharacter: 'a line break or control character in a string is written as an escape',
    openString: 'the closing double quote is missing',
    openArray: 'the closing ] is missing',
    openObject: 'the closing } is missing',
  },
} as const
