/** Reason codes: what each says in plain words, by what it answers. */
export const reason = {
  code: 'Code {code}, {section}.',
  codeOnly: 'Code {code}.',
  said: 'The broker says: “{text}”.',

  /** In any packet. */
  any: {
    unnamed: 'The broker gives no cause. Its own log may.',
    own: 'Nothing is wrong with it by the rules of MQTT, but this broker does not take it for a reason of its own. Its log may say more.',
    malformed:
      'Broker and client disagree about MQTT. Something between them may change the data, or one of them has a fault.',
    identifierInUse:
      'The broker still has something else under the same Packet Identifier, so the session of one side is not what the other side remembers. Connecting with Clean Session makes both forget it.',
  },

  /** CONNACK. */
  connect: {
    accepted: 'The broker accepted the connection.',
    version: 'Choose another MQTT Version under Advanced: {versions}.',
    clientId:
      'The broker does not like this Client ID. Try a shorter one of letters and digits; some brokers allow only ids that they know.',
    credentials:
      'Check Username and Password. Some brokers also answer so when Client ID and Username do not belong together.',
    notAuthorized:
      'Likeliest first: Username and Password are missing or wrong; this user may not connect from here or with this Client ID; the broker does not allow the Last-Will Topic.',
    unavailable: 'The broker is running but takes no connections now. Trying later may help.',
    busy: 'The broker is overloaded. Trying later may help.',
    banned: 'An administrator of the broker has shut this client out. Ask them.',
    authenticationMethod:
      'The broker does not know this Authentication Method. Leave the field empty to use Username and Password.',
    topicName: 'The broker does not accept the Last-Will Topic.',
    tooLarge:
      'The CONNECT packet is larger than the broker takes. Shorten the Last-Will Payload or the User Properties.',
    quota: 'A limit that the broker sets for this client or for all was reached.',
    payloadFormat:
      'The broker checked the Last-Will Payload against its Payload Format Indicator, and it is not text.',
    retain: 'The broker keeps no retained messages. Switch Last-Will Retain off.',
    qos: 'The broker does not take this QoS. Lower the Last-Will QoS.',
    otherServer: 'The broker wants clients to use another address. Its administrator knows which.',
    rate: 'This client connects too often. Wait, then go more slowly.',
  },

  /** DISCONNECT: what the client did, or what happened at the broker. */
  disconnect: {
    normal: 'The broker ended the connection in good order and gives no cause. Its own log may.',
    withWill: 'The connection is over, and the Last Will is to be published all the same.',
    notAuthorized:
      'The broker does not allow what this client did last: likeliest a message to a topic, or a subscription, that this user has no right to.',
    shuttingDown: 'The broker is stopping or restarting. Trying later may help.',
    keepAlive:
      'The broker heard nothing for one and a half times the Keep Alive. The network was away, or the computer slept.',
    takenOver:
      'Another client connected with the same Client ID: another tab, tool or device. Each client needs an id of its own, so give one of them a new one. Until then MQTab does not connect again by itself, since the two would throw each other out for ever.',
    topicFilter: 'The broker does not accept the topic of a subscription of this client.',
    topicName: 'The broker does not accept a topic that this client published to.',
    receiveMaximum: 'More messages were under way than the broker said it takes at a time.',
    topicAlias: 'A message came with a Topic Alias that the broker does not take.',
    tooLarge: 'A packet was larger than the broker takes. Send smaller messages.',
    rate: 'This client sends too often. Wait, then go more slowly.',
    quota: 'A limit that the broker sets for this client or for all was reached.',
    administrator: 'An administrator of the broker, or a rule of theirs, ended it.',
    payloadFormat:
      'The broker checked a payload against its Payload Format Indicator, and it is not text.',
    retain: 'The broker keeps no retained messages. Publish without Retain.',
    qos: 'The broker does not take this QoS. Publish with a lower one.',
    connectTime: 'The broker allows a connection only for so long. Connecting again is all right.',
  },

  /** PUBACK, PUBREC, PUBREL and PUBCOMP. */
  publish: {
    accepted: 'The broker has the message.',
    noSubscribers: 'The broker has the message; nobody has subscribed to its topic.',
    unnamed: 'The broker did not take the message and gives no cause. Its own log may.',
    notAuthorized:
      'This user may not publish to this topic: the broker’s access rules do not allow it.',
    topicName:
      'The broker does not accept this topic, though MQTT allows it. Try a shorter one, or one without unusual characters.',
    quota:
      'A limit of the broker was reached, for messages of this client or of all. Publish again later, or more slowly.',
    payloadFormat:
      'The broker checked the payload against its Payload Format Indicator, and it is not text.',
    identifierNotFound:
      'One side no longer knows this message: it has begun a new session. Whether the message went on its way is not known.',
  },

  /** SUBACK. */
  subscribe: {
    granted0: 'The broker accepted the subscription and sends its messages with QoS 0.',
    granted1: 'The broker accepted the subscription and sends its messages with up to QoS 1.',
    granted2: 'The broker accepted the subscription and sends its messages with up to QoS 2.',
    failure:
      'MQTT before 5.0 gives no reason; most often the broker’s access rules do not allow this topic.',
    unnamed: 'The broker gives no cause; most often its access rules do not allow this topic.',
    notAuthorized: 'The broker’s access rules do not let this user subscribe to it.',
    topicFilter: 'The broker does not accept this topic. One with fewer levels may pass.',
    tooLarge: 'The subscription would make a packet larger than the broker takes.',
    quota: 'A limit of the broker was reached, most often of subscriptions for one client.',
    shared: 'The broker has no shared subscriptions. Subscribe to the topic behind $share/group/.',
    identifiers: 'The broker has no subscription identifiers. Leave that field empty.',
    wildcards: 'The broker has no wildcards. Subscribe to each topic by its name.',
  },

  /** UNSUBACK. */
  unsubscribe: {
    accepted: 'The broker ended the subscription.',
    nothing: 'The broker had no such subscription, so there is nothing to end.',
    unnamed: 'The broker keeps the subscription and gives no cause. Its own log may.',
    notAuthorized: 'This user may not end this subscription.',
    topicFilter: 'The broker does not accept this topic, so it cannot have had the subscription.',
    tooLarge: 'Ending the subscription would make a packet larger than the broker takes.',
  },

  /** AUTH. */
  authenticate: {
    accepted: 'The authentication is complete.',
    goOn: 'The other side is to go on with the authentication.',
    again: 'The client begins the authentication anew on a connection that is open.',
  },
} as const
