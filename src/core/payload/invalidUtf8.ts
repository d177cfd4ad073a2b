/**
 * The offset of the first byte that is not part of well-formed UTF-8 (Unicode 16.0, table 3-7: no
 * overlong forms, no surrogates, nothing above U+10FFFF), or -1. A character that the end of the bytes
 * cuts off counts as invalid at its first byte.
 */
export function invalidUtf8At(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const length = characterLength(bytes, at)
    if (length === 0) return at
    at += length
  }
  return -1
}

/** `bytes` without a character that begins in the last three of them and is not complete. */
export function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const at = bytes.length - back
    const lead = bytes[at] ?? 0
    if (lead >= 0x80 && lead < 0xc0) continue
    const needs = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1
    return needs > back ? bytes.subarray(0, at) : bytes
  }
  return bytes
}

function characterLength(bytes: Uint8Array, at: number): 0 | 1 | 2 | 3 | 4 {
  const lead = bytes[at] ?? 0
  if (lead < 0x80) return 1
  const next = bytes[at + 1] ?? 0
  if (lead >= 0xc2 && lead <= 0xdf) return isTrail(next) ? 2 : 0
  if (lead >= 0xe0 && lead <= 0xef) {
    const lowest = lead === 0xe0 ? 0xa0 : 0x80
    const highest = lead === 0xed ? 0x9f : 0xbf
    return next >= lowest && next <= highest && isTrail(bytes[at + 2]) ? 3 : 0
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const lowest = lead === 0xf0 ? 0x90 : 0x80
    const highest = lead === 0xf4 ? 0x8f : 0xbf
    const fits = next >= lowest && next <= highest
    return fits && isTrail(bytes[at + 2]) && isTrail(bytes[at + 3]) ? 4 : 0
  }
  return 0
}

function isTrail(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte <= 0xbf
}
