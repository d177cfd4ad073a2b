/** A Variable Byte Integer of one to four bytes at `at` (MQTT 5.0 §1.5.5); undefined when malformed. */
export function readVariableInteger(
  bytes: Uint8Array,
  at: number,
): { value: number; end: number } | undefined {
  let value = 0
  for (let index = 0; index < 4; index += 1) {
    const byte = bytes[at + index]
    if (byte === undefined) return undefined
    value += (byte & 0x7f) * 128 ** index
    if (byte < 0x80) return { value, end: at + index + 1 }
  }
  return undefined
}
