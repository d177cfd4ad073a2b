import type { NearNetwork } from './host.ts'
import type { HttpAnswer } from './httpAnswer.ts'
import type { MqttVersion } from './profile.ts'
import type { ScramProblem } from './scram/scramMessages.ts'
import type { Milliseconds, Seconds } from './units.ts'

/**
 * Why a connection could not be made or ended. Facts only, as plain data that can cross to the page;
 * the page turns them into words. The browser hides the cause of a failed WebSocket, so several real
 * causes (refused, DNS, TLS, HTTP 404) share `unreachable`.
 */
export type ConnectionFailure =
  /** The browser will not open ws:// from an https page (except to loopback). */
  | { code: 'mixed-content'; url: string }
  | { code: 'bad-url'; url: string; detail: string }
  /** Browsers open no connection to this port, whatever listens there. */
  | { code: 'blocked-port'; url: string; port: number }
  /** The content security policy of the site does not allow the address. */
  | { code: 'blocked-by-policy'; url: string }
  /** A WebSocket opens there, but not with the subprotocol of MQTT (§6.0). */
  | { code: 'no-subprotocol'; url: string; subprotocol: string }
  /** The socket closed before it opened. */
  | {
      code: 'unreachable'
      url: string
      after: Milliseconds
      withheld?: Withheld
      http?: HttpAnswer
    }
  | { code: 'open-timeout'; url: string; timeout: Seconds }
  /** The socket opened, and closed before the CONNACK. */
  | { code: 'closed-before-connack'; url: string; closeCode: number; closeReason: string }
  | { code: 'connack-timeout'; url: string; timeout: Seconds }
  /** A CONNACK with a return code (3.x) or reason code (5.0) other than success. */
  | {
      code: 'refused'
      version: MqttVersion
      reasonCode: number
      reasonString?: string
      /** Another server to use, as the server wrote it (§4.11). */
      serverReference?: string
    }
  /** A DISCONNECT from an MQTT 5 server (§3.14). */
  | {
      code: 'server-disconnect'
      reasonCode: number
      reasonString?: string
      serverReference?: string
    }
  | {
      code: 'connection-lost'
      closeCode: number
      closeReason: string
      clean: boolean
      /** Cut after so long without a byte either way, which looks like the cause; see `idleWhenCut`. */
      idle?: Milliseconds
    }
  /** Accepted and soon closed again, `times` in a row; `after` its last CONNACK. */
  | {
      code: 'closed-after-connack'
      times: number
      after: Milliseconds
      closeCode: number
      closeReason: string
    }
  | { code: 'keep-alive-timeout'; keepAlive: Seconds }
  /** The server sent bytes that are not MQTT, or not legal at that point. */
  | { code: 'protocol-error'; detail: string }
  /** The server wants an authentication exchange by a method that MQTab does not know. */
  | { code: 'auth-exchange'; method: string }
  /** The browser keeps the cryptography of this method back from pages without a secure context. */
  | { code: 'auth-insecure'; method: string }
  /** The server's part of the exchange is not as it must be, so it was not answered. */
  | { code: 'auth-message'; problem: ScramProblem }
  /** The server accepted without the proof that it knows the password. */
  | { code: 'auth-unproven' }
  /** The user pressed Drop Connection. */
  | { code: 'dropped' }
  | { code: 'unexpected'; detail: string }

/**
 * A network that the browser keeps from pages of the internet (Local Network Access), as far as can be
 * told. `prompt`: the user has not been asked. `insecure`: no page over http is ever let in.
 */
export type Withheld = { network: NearNetwork; because: 'prompt' | 'denied' | 'insecure' }

/** A write or read in this browser's own storage that did not succeed. Reception goes on. */
export type StorageFailure = {
  code: 'storage'
  what: 'profiles' | 'subscriptions' | 'drafts' | 'settings' | 'log'
  /**
   * `quota`: the browser's limit or the disk is full. `newer`: a newer MQTab has changed the database,
   * and this one leaves it alone until the page is reloaded.
   */
  cause: 'quota' | 'unavailable' | 'newer' | 'other'
  detail: string
}

/** The broker keeps a subscription that its user has removed (MQTT 5.0 §3.11.3). */
export type SubscriptionFailure = {
  code: 'unsubscribe-refused'
  filter: string
  reasonCode: number
  reasonString?: string
}

/** Why a publish did not leave: the message is still in the draft. */
export type PublishFailure =
  | { code: 'not-connected' }
  | { code: 'packet-too-large'; size: number; maximum: number }
  | { code: 'qos-not-supported'; maximum: number }
  | { code: 'retain-not-supported' }
  /** `maximum` is the server's Topic Alias Maximum; 0: it takes none. */
  | { code: 'topic-alias-too-large'; maximum: number }
  | { code: 'publish-failed'; detail: string }

/** Closes an exhaustive switch: the compiler refuses it while a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`Not handled: ${JSON.stringify(value)}`)
}
