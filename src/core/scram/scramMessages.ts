import { decodeBase64 } from '../payload/base64.ts'
import { prepareText } from './prepareText.ts'

/**
 * Why the server's first message is not answered: it cannot be read; its nonce does not continue ours; it
 * wants no hashing or too much of it; it asks for an extension, which nobody may ignore (RFC 5802 §5.1).
 */
export type ScramProblem = 'malformed' | 'nonce' | 'iterations' | 'extension'

export type ServerFirst = { nonce: string; salt: Uint8Array; iterations: number }

/** Neither a channel binding nor another identity to act as (RFC 5802 §7, `gs2-header`). */
const GS2_HEADER = 'n,,'

/** The header once more, as the client's last message repeats it, in base64. */
const CHANNEL_BINDING = 'biws'

/** Far more than any server asks for, and still some seconds; beyond it a server could keep us busy. */
const MOST_ITERATIONS = 10_000_000

/** The client's first message without its header, as both sides sign it (RFC 5802 §7). */
export function clientFirstBare(username: string, nonce: string): string {
  const name = prepareText(username).replaceAll('=', '=3D').replaceAll(',', '=2C')
  return `n=${name},r=${nonce}`
}

/** The client's first message. */
export function clientFirst(bare: string): string {
  return GS2_HEADER + bare
}

/** The client's last message without its proof, as both sides sign it. */
export function clientFinalBare(nonce: string): string {
  return `c=${CHANNEL_BINDING},r=${nonce}`
}

/**
 * Reads the server's first message (RFC 5802 §7): nonce, salt, iterations, and extensions, which are
 * ignored. `clientNonce` is what the nonce must begin with, and the server must have added to it.
 */
export function readServerFirst(
  message: string,
  clientNonce: string,
): ServerFirst | { problem: ScramProblem } {
  if (message.startsWith('m=')) return { problem: 'extension' }
  const found = /^r=([!-+\--~]+),s=([^,]+),i=([0-9]+)(?:,.*)?$/su.exec(message)
  const [, nonce = '', salt = '', iterations = ''] = found ?? []
  const decoded = decodeBase64(salt)
  if (!found || !('bytes' in decoded) || decoded.bytes.length === 0) return { problem: 'malformed' }
  if (!nonce.startsWith(clientNonce) || nonce === clientNonce) return { problem: 'nonce' }
  const count = Number(iterations)
  if (count < 1 || count > MOST_ITERATIONS) return { problem: 'iterations' }
  return { nonce, salt: decoded.bytes, iterations: count }
}

/** The signature in the server's last message; undefined for an error, or when it cannot be read. */
export function readServerFinal(message: string): Uint8Array | undefined {
  const found = /^v=([^,]+)(?:,.*)?$/su.exec(message)
  const decoded = found && decodeBase64(found[1] ?? '')
  return decoded && 'bytes' in decoded ? decoded.bytes : undefined
}
