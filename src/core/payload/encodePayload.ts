import type { PayloadType } from '../draft.ts'
import { encodeUtf8 } from '../text.ts'
import { decodeBase64 } from './base64.ts'
import { parseHex } from './hex.ts'
import { scanJson } from './jsonTokens.ts'
import { positionAt, type PayloadIssue } from './payloadIssue.ts'

/**
 * The bytes of a text as typed. JSON is checked and sent exactly as typed, in UTF-8. An empty text is
 * an empty payload under every type: it is how a retained message is deleted (MQTT 5.0 §3.3.1.3).
 */
export function encodePayload(
  text: string,
  type: PayloadType,
): { bytes: Uint8Array } | { issue: PayloadIssue } {
  if (text === '') return { bytes: new Uint8Array(0) }
  switch (type) {
    case 'plaintext':
      return encodeText(text)
    case 'json': {
      const issue = scanJson(text, () => undefined)
      return issue ? { issue } : encodeText(text)
    }
    case 'base64':
      return decodeBase64(text)
    case 'hex':
      return parseHex(text)
  }
}

function encodeText(text: string): { bytes: Uint8Array } | { issue: PayloadIssue } {
  const at = text.search(/\p{Surrogate}/u)
  if (at === -1) return { bytes: encodeUtf8(text) }
  return { issue: { code: 'lone-surrogate', ...positionAt(text, at) } }
}
