/** The MQTT 5 reason codes that this broker sends or reads (§2.4). */
export const REASON = {
  success: 0x00,
  disconnectWithWill: 0x04,
  noMatchingSubscribers: 0x10,
  noSubscriptionExisted: 0x11,
  unspecified: 0x80,
  malformedPacket: 0x81,
  protocolError: 0x82,
  implementationSpecific: 0x83,
  unsupportedProtocolVersion: 0x84,
  clientIdentifierNotValid: 0x85,
  badUserNameOrPassword: 0x86,
  notAuthorized: 0x87,
  serverUnavailable: 0x88,
  serverBusy: 0x89,
  banned: 0x8a,
  serverShuttingDown: 0x8b,
  badAuthenticationMethod: 0x8c,
  keepAliveTimeout: 0x8d,
  sessionTakenOver: 0x8e,
  topicFilterInvalid: 0x8f,
  topicNameInvalid: 0x90,
  packetIdentifierNotFound: 0x92,
  receiveMaximumExceeded: 0x93,
  topicAliasInvalid: 0x94,
  packetTooLarge: 0x95,
  retainNotSupported: 0x9a,
  qosNotSupported: 0x9b,
} as const

/**
 * The return code of an MQTT 3 CONNACK (3.1.1 §3.2.2.3) that says the same as an MQTT 5 reason code.
 * MQTT 3 has five refusals; what none of them says becomes 3, server unavailable.
 */
export function returnCode(reasonCode: number): number {
  switch (reasonCode) {
    case REASON.success:
      return 0
    case REASON.unsupportedProtocolVersion:
      return 1
    case REASON.clientIdentifierNotValid:
      return 2
    case REASON.badUserNameOrPassword:
      return 4
    case REASON.notAuthorized:
    case REASON.banned:
    case REASON.badAuthenticationMethod:
      return 5
    default:
      return 3
  }
}

/** What a client did that ends its connection: the code of the DISCONNECT, and words for the reader. */
export class Violation extends Error {
  readonly reasonCode: number

  constructor(reasonCode: number, detail: string) {
    super(detail)
    this.reasonCode = reasonCode
  }
}
