/**
 * UTF-8, the text of MQTT. The encoder and decoder belong to every host that runs this code, but to no
 * ECMAScript library, so their shape is declared here and nowhere else.
 */
type Encoder = { encode(text: string): Uint8Array }
type Decoder = { decode(bytes: Uint8Array): string }
type Host = {
  TextEncoder: new () => Encoder
  TextDecoder: new (label: 'utf-8', options: { fatal: boolean; ignoreBOM: boolean }) => Decoder
}

const host = globalThis as unknown as Host
const encoder = new host.TextEncoder()
// A byte order mark is kept: it is part of what was sent (MQTT 5.0 §1.5.4).
const strict = new host.TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const lenient = new host.TextDecoder('utf-8', { fatal: false, ignoreBOM: true })

/** The UTF-8 bytes of a text. A lone surrogate becomes U+FFFD, as the encoder does everywhere. */
export function encodeUtf8(text: string): Uint8Array {
  return encoder.encode(text)
}

/** The text of UTF-8 bytes, or undefined when they are not well-formed UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes)
  } catch {
    return undefined
  }
}

/** The text of bytes that may not be UTF-8: what cannot be read becomes U+FFFD. For showing only. */
export function decodeUtf8Leniently(bytes: Uint8Array): string {
  return lenient.decode(bytes)
}

/** How many bytes the text takes in UTF-8. */
export function utf8Length(text: string): number {
  return encoder.encode(text).length
}
