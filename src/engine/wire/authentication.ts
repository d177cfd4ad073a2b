import type { ConnectionFailure } from '@/core/failure.ts'
import { CONTINUE_AUTHENTICATION, encodeAuth } from '@/core/packet/auth.ts'
import { MalformedPacket } from '@/core/packet/framer.ts'
import { encodeBase64 } from '@/core/payload/base64.ts'
import type { Profile } from '@/core/profile.ts'
import { ScramClient } from '@/core/scram/scramClient.ts'
import { scramMethod, type ScramMethod } from '@/core/scram/scramMethod.ts'
import { scramHashes, webCrypto } from './scramHashes.ts'
import type { Auth } from './serverPacket.ts'

export type AuthenticationOwner = {
  /** Sends whole packets now. */
  send(bytes: Uint8Array): void
  /** The server is not to be trusted, or not to be understood. */
  distrusted(failure: ConnectionFailure): void
  /** WebCrypto failed. */
  failed(error: unknown): void
}

/**
 * The exchange of SCRAM between CONNECT and CONNACK (MQTT 5.0 §4.12). It is over with the CONNACK: MQTab
 * never authenticates anew on the same connection. Nothing of it is ever part of a failure but its cause.
 */
export class Authentication {
  readonly #method: ScramMethod
  readonly #scram: ScramClient
  readonly #owner: AuthenticationOwner
  #isAsked = false

  constructor(
    method: ScramMethod,
    { username, password }: Profile,
    subtle: SubtleCrypto,
    owner: AuthenticationOwner,
  ) {
    const nonce = encodeBase64(crypto.getRandomValues(new Uint8Array(24)))
    this.#method = method
    this.#scram = new ScramClient({ username, password }, nonce, scramHashes(method, subtle))
    this.#owner = owner
  }

  /** The Authentication Data of the CONNECT. */
  get data(): Uint8Array {
    return this.#scram.first
  }

  /**
   * Takes an AUTH and answers it in its own time; nothing else may be sent before the CONNACK, so nothing
   * overtakes the answer. Throws `MalformedPacket` for one that does not go on with the exchange.
   */
  asked({ reasonCode, method, data = new Uint8Array() }: Auth): void {
    if (reasonCode !== CONTINUE_AUTHENTICATION) throw new MalformedPacket('AUTH with a wrong code')
    if (method !== this.#method) throw new MalformedPacket('AUTH of another method')
    if (this.#isAsked) throw new MalformedPacket('AUTH behind the end of the exchange')
    this.#isAsked = true
    this.#scram.answer(data).then(
      (answer) => {
        if ('final' in answer) this.#owner.send(encodeAuth(this.#method, answer.final))
        else this.#owner.distrusted({ code: 'auth-message', problem: answer.problem })
      },
      (error: unknown) => this.#owner.failed(error),
    )
  }

  /** What is wrong with a server that accepts with these data in its CONNACK; undefined: nothing. */
  distrust(data: Uint8Array | undefined): ConnectionFailure | undefined {
    return this.#scram.isProof(data) ? undefined : { code: 'auth-unproven' }
  }
}

/** The method of SCRAM that a connection of this profile authenticates with, if it does. */
function scramOf({ version, properties }: Profile): ScramMethod | undefined {
  return version === '5.0' ? scramMethod(properties.authenticationMethod) : undefined
}

/** Why this browser cannot even begin the exchange that the profile asks for. */
export function authenticationFailure(profile: Profile): ConnectionFailure | undefined {
  const method = scramOf(profile)
  return method && !webCrypto() ? { code: 'auth-insecure', method } : undefined
}

/** The exchange of one connection; undefined when the profile asks for none that MQTab knows. */
export function authenticationOf(
  profile: Profile,
  owner: AuthenticationOwner,
): Authentication | undefined {
  const method = scramOf(profile)
  const subtle = webCrypto()
  return method && subtle && new Authentication(method, profile, subtle, owner)
}
