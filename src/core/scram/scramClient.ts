import { encodeBase64 } from '../payload/base64.ts'
import { decodeUtf8, encodeUtf8 } from '../text.ts'
import { prepareText } from './prepareText.ts'
import {
  clientFinalBare,
  clientFirst,
  clientFirstBare,
  readServerFinal,
  readServerFirst,
  type ScramProblem,
} from './scramMessages.ts'

/** The hash function of one method, and what is made of it (RFC 5802 §2.2). */
export type ScramHashes = {
  /** `H`. */
  hash: (data: Uint8Array) => Promise<Uint8Array>
  /** `HMAC`. The key is never empty. */
  hmac: (key: Uint8Array, data: Uint8Array) => Promise<Uint8Array>
  /** `Hi`, which is PBKDF2 with this HMAC and one block of output. The password may be empty. */
  pbkdf2: (password: Uint8Array, salt: Uint8Array, iterations: number) => Promise<Uint8Array>
}

export type Credentials = { username: string; password: string }

/**
 * The client's side of one SCRAM exchange (RFC 5802 §3): it proves that it knows the password without
 * sending it, and learns whether the server knows it too.
 */
export class ScramClient {
  /** The message that begins the exchange. */
  readonly first: Uint8Array
  readonly #password: string
  readonly #nonce: string
  readonly #bare: string
  readonly #hashes: ScramHashes
  /** What a server that knows the password will send, from our answer on. */
  #serverSignature: Uint8Array | undefined

  /** `nonce` is fresh, from a good source of chance, and of printable ASCII without a comma. */
  constructor({ username, password }: Credentials, nonce: string, hashes: ScramHashes) {
    this.#password = password
    this.#nonce = nonce
    this.#bare = clientFirstBare(username, nonce)
    this.#hashes = hashes
    this.first = encodeUtf8(clientFirst(this.#bare))
  }

  /** The answer to the server's first message, or why there is none. To be asked for once. */
  async answer(
    serverFirst: Uint8Array,
  ): Promise<{ final: Uint8Array } | { problem: ScramProblem }> {
    const message = decodeUtf8(serverFirst)
    if (message === undefined) return { problem: 'malformed' }
    const read = readServerFirst(message, this.#nonce)
    if ('problem' in read) return read
    const { hash, hmac, pbkdf2 } = this.#hashes
    const password = encodeUtf8(prepareText(this.#password))
    const salted = await pbkdf2(password, read.salt, read.iterations)
    const bare = clientFinalBare(read.nonce)
    const signed = encodeUtf8(`${this.#bare},${message},${bare}`)
    const clientKey = await hmac(salted, encodeUtf8('Client Key'))
    const clientSignature = await hmac(await hash(clientKey), signed)
    const serverKey = await hmac(salted, encodeUtf8('Server Key'))
    // Known before the server's last message comes, so that the message can be judged at once.
    this.#serverSignature = await hmac(serverKey, signed)
    const proof = encodeBase64(clientKey.map((byte, at) => byte ^ (clientSignature[at] ?? 0)))
    return { final: encodeUtf8(`${bare},p=${proof}`) }
  }

  /** Whether the server's last message proves that the server knows the password. */
  isProof(serverFinal: Uint8Array | undefined): boolean {
    const expected = this.#serverSignature
    const given = readServerFinal((serverFinal && decodeUtf8(serverFinal)) ?? '')
    if (!expected || given?.length !== expected.length) return false
    return expected.every((byte, at) => byte === given[at])
  }
}
