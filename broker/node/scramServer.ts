import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import type { AuthenticationStep } from '../hooks.ts'
import { REASON } from '../reason.ts'

const HASHES: ReadonlyMap<string, { name: string; size: number }> = new Map([
  ['SCRAM-SHA-1', { name: 'sha1', size: 20 }],
  ['SCRAM-SHA-256', { name: 'sha256', size: 32 }],
  ['SCRAM-SHA-512', { name: 'sha512', size: 64 }],
])

export type ScramServerOptions = {
  /** User names and their passwords. */
  users: Readonly<Record<string, string>>
  /** Absent: random. */
  nonce?: string
  salt?: Uint8Array
  iterations?: number
  /** `none`: lets the client in and proves nothing; `wrong`: as one that does not know the password. */
  proof?: 'right' | 'wrong' | 'none'
}

const REFUSED: AuthenticationStep = { state: 'refused', reasonCode: REASON.notAuthorized }

/**
 * The server's side of SCRAM (RFC 5802), for the hook `exchange`. It follows the RFC on its own and
 * shares no code with the client, so that the two test each other.
 */
export function scramServer(options: ScramServerOptions) {
  return (method: string): ((data: Uint8Array) => AuthenticationStep) | undefined => {
    const hash = HASHES.get(method)
    if (!hash) return undefined
    const conversation = new Conversation(hash.name, hash.size, options)
    return (data) => conversation.step(Buffer.from(data).toString('utf8'))
  }
}

class Conversation {
  readonly #hash: string
  readonly #size: number
  readonly #options: ScramServerOptions
  readonly #salt: Uint8Array
  #nonce = ''
  #password: string | undefined
  /** What both have said before the client's last message. */
  #said = ''

  constructor(hash: string, size: number, options: ScramServerOptions) {
    this.#hash = hash
    this.#size = size
    this.#options = options
    this.#salt = options.salt ?? randomBytes(16)
  }

  step(message: string): AuthenticationStep {
    return this.#said === '' ? this.#challenge(message) : this.#verify(message)
  }

  #challenge(message: string): AuthenticationStep {
    const [, bare = '', name = '', clientNonce = ''] =
      /^n,,(n=([^,]+),r=([^,]+))$/.exec(message) ?? []
    if (bare === '') return REFUSED
    const { users, nonce = randomBytes(12).toString('base64'), iterations = 4096 } = this.#options
    this.#password = users[name.replaceAll('=2C', ',').replaceAll('=3D', '=')]
    this.#nonce = clientNonce + nonce
    const salt = Buffer.from(this.#salt).toString('base64')
    const answer = `r=${this.#nonce},s=${salt},i=${iterations}`
    this.#said = `${bare},${answer}`
    return { state: 'continue', data: Buffer.from(answer) }
  }

  #verify(message: string): AuthenticationStep {
    const [, bare = '', nonce = '', proof = ''] = /^(c=biws,r=([^,]+)),p=(.+)$/.exec(message) ?? []
    if (bare === '' || nonce !== this.#nonce || this.#password === undefined) return REFUSED
    const { iterations = 4096, proof: given = 'right' } = this.#options
    const salted = pbkdf2Sync(this.#password, this.#salt, iterations, this.#size, this.#hash)
    const signed = `${this.#said},${bare}`
    // The proof is the client's key under its signature; the stored key is the key's hash (§3).
    const storedKey = this.#digest(this.#hmac(salted, 'Client Key'))
    const signature = this.#hmac(storedKey, signed)
    const clientKey = Buffer.from(proof, 'base64').map((byte, at) => byte ^ (signature[at] ?? 0))
    const isKnown = given !== 'right' || this.#digest(clientKey).equals(storedKey)
    if (!isKnown) return REFUSED
    if (given === 'none') return { state: 'accepted' }
    const serverKey = this.#hmac(salted, given === 'wrong' ? 'Another Key' : 'Server Key')
    const verifier = this.#hmac(serverKey, signed).toString('base64')
    return { state: 'accepted', data: Buffer.from(`v=${verifier}`) }
  }

  #hmac(key: Uint8Array, text: string): Buffer {
    return createHmac(this.#hash, key).update(text).digest()
  }

  #digest(data: Uint8Array): Buffer {
    return createHash(this.#hash).update(data).digest()
  }
}
