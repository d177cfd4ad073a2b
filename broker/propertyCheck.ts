import { REASON, Violation } from './reason.ts'

/** Which properties a packet of a client may carry besides user properties (MQTT 5.0 §2.2.2.2). */
const ALLOWED: Record<string, readonly string[]> = {
  connect: [
    'sessionExpiryInterval',
    'receiveMaximum',
    'maximumPacketSize',
    'topicAliasMaximum',
    'requestResponseInformation',
    'requestProblemInformation',
    'authenticationMethod',
    'authenticationData',
  ],
  puback: ['reasonString'],
  pubrec: ['reasonString'],
  pubrel: ['reasonString'],
  pubcomp: ['reasonString'],
  subscribe: ['subscriptionIdentifier'],
  unsubscribe: [],
  disconnect: ['sessionExpiryInterval', 'reasonString'],
  auth: ['authenticationMethod', 'authenticationData', 'reasonString'],
}

/** These may not be 0 (§3.1.2.11.3, §3.1.2.11.4, §3.8.2.1.2). */
const NEVER_ZERO = ['receiveMaximum', 'maximumPacketSize', 'subscriptionIdentifier']

/**
 * Checks what mqtt-packet lets through: a property in the wrong packet, one that comes twice (read
 * as an array), one cut short (read as null, -1, false or undefined). Throws a `Violation`.
 */
export function checkProperties(where: string, properties: object | undefined): void {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name === 'userProperties') {
      checkUserProperties(value)
      continue
    }
    if (ALLOWED[where]?.includes(name) !== true) fail('protocolError', `${name} in ${where}`)
    if (Array.isArray(value)) fail('protocolError', `${name} comes twice`)
    const cutShort = value === null || value === undefined || value === -1
    if (cutShort || (value === false && name === 'subscriptionIdentifier')) {
      fail('malformedPacket', `${name} is cut short`)
    }
    if (value === 0 && NEVER_ZERO.includes(name)) fail('protocolError', `${name} is 0`)
  }
}

function checkUserProperties(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const texts: unknown[] = Object.values(value).flat()
  if (texts.some((text) => typeof text !== 'string')) {
    fail('malformedPacket', 'A user property is cut short')
  }
}

function fail(reason: keyof typeof REASON, detail: string): never {
  throw new Violation(REASON[reason], detail)
}
