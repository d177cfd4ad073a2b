import fc from 'fast-check'
import { binary, some, text } from './anyValue.ts'

const twoBytes = fc.nat(65_535)
const fourBytes = fc.integer({ min: 0, max: 0xffff_ffff })
const identifier = fc.integer({ min: 1, max: 268_435_455 })

/** What is repeated must not be empty: mqtt-packet's parser would take the first for missing. */
const repeated = fc.array(
  text.filter((each) => each !== ''),
  { minLength: 2, maxLength: 3 },
)

const reason = {
  reasonString: text,
  userProperties: fc.dictionary(text, fc.oneof(text, repeated), { minKeys: 1, maxKeys: 3 }),
}

const authentication = { authenticationMethod: text, authenticationData: binary }

const message = {
  payloadFormatIndicator: fc.boolean(),
  messageExpiryInterval: fourBytes,
  contentType: text,
  responseTopic: text,
  correlationData: binary,
  userProperties: reason.userProperties,
}

const session = {
  sessionExpiryInterval: fourBytes,
  receiveMaximum: twoBytes,
  maximumPacketSize: fourBytes,
  topicAliasMaximum: twoBytes,
}

/** The properties of MQTT 5.0 §2.2.2.2 that each packet may have, with the names of mqtt-packet. */
const ALL = {
  connect: {
    ...session,
    ...authentication,
    requestResponseInformation: fc.boolean(),
    requestProblemInformation: fc.boolean(),
    userProperties: reason.userProperties,
  },
  will: { ...message, willDelayInterval: fourBytes },
  connack: {
    ...session,
    ...authentication,
    ...reason,
    maximumQoS: fc.nat(1),
    retainAvailable: fc.boolean(),
    assignedClientIdentifier: text,
    wildcardSubscriptionAvailable: fc.boolean(),
    subscriptionIdentifiersAvailable: fc.boolean(),
    sharedSubscriptionAvailable: fc.boolean(),
    serverKeepAlive: twoBytes,
    responseInformation: text,
    serverReference: text,
  },
  publish: {
    ...message,
    topicAlias: fc.integer({ min: 1, max: 65_535 }),
    subscriptionIdentifier: fc.oneof(
      identifier,
      fc.array(identifier, { minLength: 2, maxLength: 4 }),
    ),
  },
  subscribe: {
    subscriptionIdentifier: identifier,
    userProperties: reason.userProperties,
  },
  unsubscribe: { userProperties: reason.userProperties },
  reason,
  disconnect: { ...reason, sessionExpiryInterval: fourBytes, serverReference: text },
  auth: { ...reason, ...authentication },
} as const

/** Any of the properties of a packet; `reason` is for those that have no others. */
export function propertiesOf(packet: keyof typeof ALL): fc.Arbitrary<object> {
  return some<object>(ALL[packet])
}
