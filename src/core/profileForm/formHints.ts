import { isLoopback } from '../host.ts'
import type { MqttVersion } from '../profile.ts'
import { scramMethod } from '../scram/scramMethod.ts'
import { belongsToOther, TCP_PORTS } from './address.ts'
import type { ProfileForm } from './profileForm.ts'

/** What a user should know about a value that is allowed; `address` is scheme, host, port and path. */
export type FormHint =
  /** The browser will not open ws:// to another machine from a page that came over https. */
  | { field: 'address'; code: 'mixed-content' }
  /** The port is one of MQTT over TCP. */
  | { field: 'address'; code: 'tcp-port'; port: string }
  /** The port is usually that of the other protocol. */
  | { field: 'port'; code: 'other-protocol'; port: string }
  /** EMQX, HiveMQ and others listen at these ports under a path. */
  | { field: 'path'; code: 'usual-path' }
  /** The server chooses the id. */
  | { field: 'clientId'; code: 'assigned-id' }
  | { field: 'keepAlive'; code: 'keep-alive-off' }
  /** MQTT 5 §3.1.2.11.2: without an expiry interval a session ends with its connection. */
  | { field: 'cleanSession'; code: 'session-ends' }
  /** Only its name is sent; what the server then asks for cannot be answered. */
  | { field: 'authenticationMethod'; code: 'unknown-method' }
  /** The browser keeps back what the method needs. */
  | { field: 'authenticationMethod'; code: 'insecure-method' }
  /** MQTT 5 §3.1.3.2.2: the end of the session sends the will before its delay is over. */
  | { field: 'willDelayInterval'; code: 'delay-beyond-session' }

/** The page that the form is on: `location.protocol`, and whether browsers trust it with cryptography. */
export type FormPage = { protocol: string; isSecureContext: boolean }

/** The hints for the values as they are now, at most one for each field. */
export function formHints(form: ProfileForm, page: FormPage): FormHint[] {
  const hints: FormHint[] = []
  const port = form.port.trim()
  const host = form.host.trim()
  if (form.scheme === 'ws' && page.protocol === 'https:' && host !== '' && !isLoopback(host)) {
    hints.push({ field: 'address', code: 'mixed-content' })
  } else if (TCP_PORTS.includes(port)) {
    hints.push({ field: 'address', code: 'tcp-port', port })
  }
  if (belongsToOther(form.scheme, port)) {
    hints.push({ field: 'port', code: 'other-protocol', port })
  }
  if (form.path.trim() === '' && (port === '8083' || port === '8084')) {
    hints.push({ field: 'path', code: 'usual-path' })
  }
  if (form.clientId === '' && mayAssignId(form.version, form.cleanSession)) {
    hints.push({ field: 'clientId', code: 'assigned-id' })
  }
  if (isZero(form.keepAlive)) hints.push({ field: 'keepAlive', code: 'keep-alive-off' })
  if (form.version === '5.0') hints.push(...hints5(form, page))
  return hints
}

function hints5(form: ProfileForm, { isSecureContext }: FormPage): FormHint[] {
  const hints: FormHint[] = []
  if (form.authenticationMethod !== '' && !scramMethod(form.authenticationMethod)) {
    hints.push({ field: 'authenticationMethod', code: 'unknown-method' })
  } else if (form.authenticationMethod !== '' && !isSecureContext) {
    hints.push({ field: 'authenticationMethod', code: 'insecure-method' })
  }
  const expiry = Number(form.sessionExpiryInterval)
  if (!form.cleanSession && expiry === 0) {
    hints.push({ field: 'cleanSession', code: 'session-ends' })
  }
  if (form.willTopic !== '' && Number(form.willDelayInterval) > expiry) {
    hints.push({ field: 'willDelayInterval', code: 'delay-beyond-session' })
  }
  return hints
}

function mayAssignId(version: MqttVersion, cleanSession: boolean): boolean {
  return version !== '3.1' && cleanSession
}

function isZero(text: string): boolean {
  return text.trim() !== '' && Number(text) === 0
}
