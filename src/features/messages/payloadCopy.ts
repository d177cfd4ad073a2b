import type { PayloadView } from '@/core/draft.ts'
import { encodeBase64 } from '@/core/payload/base64.ts'
import { formatHex } from '@/core/payload/hex.ts'
import { decodeUtf8 } from '@/core/text.ts'

/**
 * What copying a payload gives: the text exactly as it was received, not as it is laid out; Base64 or
 * hex where that is the view, and hex where there is no text.
 */
export function copyOf(bytes: Uint8Array, view: PayloadView): string {
  if (view === 'base64') return encodeBase64(bytes)
  const text = view === 'hex' ? undefined : decodeUtf8(bytes)
  return text ?? formatHex(bytes)
}
