import type { ScramHashes } from '@/core/scram/scramClient.ts'
import type { ScramMethod } from '@/core/scram/scramMethod.ts'

/** Name and output of the hash function of each method, in bits. */
const HASHES = {
  'SCRAM-SHA-1': ['SHA-1', 160],
  'SCRAM-SHA-256': ['SHA-256', 256],
  'SCRAM-SHA-512': ['SHA-512', 512],
} as const satisfies Record<ScramMethod, readonly [string, number]>

/** WebCrypto, or undefined where the browser keeps it back: outside of secure contexts. */
export function webCrypto(): SubtleCrypto | undefined {
  // The type knows nothing of contexts.
  return (globalThis.crypto as Partial<Crypto>).subtle
}

/** What a method of SCRAM needs, done by WebCrypto and so beside the thread of the engine. */
export function scramHashes(method: ScramMethod, subtle: SubtleCrypto): ScramHashes {
  const [hash, bits] = HASHES[method]
  return {
    hash: async (data) => new Uint8Array(await subtle.digest(hash, view(data))),
    hmac: async (key, data) => {
      const algorithm = { name: 'HMAC', hash }
      const hmacKey = await subtle.importKey('raw', view(key), algorithm, false, ['sign'])
      return new Uint8Array(await subtle.sign('HMAC', hmacKey, view(data)))
    },
    pbkdf2: async (password, salt, iterations) => {
      const key = await subtle.importKey('raw', view(password), 'PBKDF2', false, ['deriveBits'])
      const algorithm = { name: 'PBKDF2', hash, salt: view(salt), iterations }
      return new Uint8Array(await subtle.deriveBits(algorithm, key, bits))
    },
  }
}

/** WebCrypto takes no views of shared memory, which none of ours are. */
function view(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}
