/** The help page. */
export const help = {
  title: 'Help',

  words: {
    title: 'The words of MQTT',
    broker: 'Broker',
    brokerText:
      'The server in the middle: it takes every message and passes it on to whoever asked.',
    client: 'Client',
    clientText: 'Whoever connects to a broker. Each connection in MQTab is a client of its own.',
    clientId: 'Client ID',
    clientIdText:
      'A client’s name at the broker. A second client with the same one ends the first one’s connection.',
    topic: 'Topic',
    topicText: 'Where a message is published, in levels: sensor/1/temperature.',
    filter: 'Subscription',
    filterText:
      'A topic filter that the broker is asked for. In it, + stands for one level and a final # for all that remain.',
    qos: 'QoS',
    qosText:
      'How hard delivery is tried: 0 at most once, 1 at least once, 2 exactly once. The lower one of publisher and subscription counts.',
    retained: 'Retained',
    retainedText:
      'The broker keeps the last message published with Retain to a topic and gives it to each new subscriber. An empty payload removes it.',
    session: 'Clean Session',
    sessionText:
      'When it is off, the broker keeps the subscriptions of a client that is away, and its messages of QoS 1 and 2. In MQTT 5 the Session Expiry Interval says for how long.',
    keepAlive: 'Keep Alive',
    keepAliveText:
      'After so many seconds of quiet the client sends a ping. A broker that hears nothing for one and a half times as long ends the connection.',
    will: 'Last Will',
    willText:
      'A message that the client leaves with the broker when it connects, for the case that it vanishes.',
  },

  wills: {
    title: 'Wills and Drop Connection',
    text: 'Disconnect says goodbye, so the broker discards the will. Drop Connection, in the menu More, closes the connection without a word, as a power cut would: the broker publishes the will, and MQTab does not reconnect by itself. Edit first if the will should change; it is sent when the connection is made.',
  },

  payloads: {
    title: 'Payload types',
    text: 'A payload is bytes. The type says how you write them and how they are shown; it is not sent. A received message can be looked at as any type, at any time.',
    plaintext: 'Plaintext',
    plaintextText: 'sent as UTF-8, exactly as written.',
    json: 'JSON',
    jsonText:
      'checked before it is sent, and sent exactly as written. Numbers keep every digit when they are shown.',
    base64: 'Base64',
    base64Text: 'decoded, and the bytes are sent.',
    hex: 'Hex',
    hexText: 'pairs of digits such as 48 65 6c; spaces do not count.',
  },

  search: {
    title: 'Search',
    text: 'The bar above the messages searches the whole log of a connection, and goes on with what comes. Terms are separated by spaces, and a message must pass all of them.',
    words:
      'in the topic or the payload, in upper or lower case. Quotation marks hold spaces together; a quotation mark among them is written \\".',
    not: 'turns any term around.',
    topic: 'the topic, with the wildcards + and # as in a subscription.',
    pattern:
      'a regular expression of JavaScript, in the topic or the payload; with i behind it, in upper or lower case.',
    json: 'a value in a JSON payload: that it exists, or how it compares (=, !=, <, <=, >, >=) with a number, a text, true, false or null. Numbers are compared exactly, also those that are sent as texts.',
    direction: 'received or published messages.',
    qos: 'the QoS: one, several, or from one up.',
    retain: 'whether the message has the retain flag.',
    size: 'the size of the payload: k and M are decimal, KiB and MiB binary.',
    time: 'when it came, in local time: since some time ago (s, m, h, d), between two times, before or after one, or on a day. A time without a date is one of today.',
    goesOn:
      'Hits are found from the newest message back. A clicked subscription and the choice of Received or Published count as terms, too. A regular expression that does not come to an end is stopped, and nothing that is received is lost by it.',
  },

  keys: {
    title: 'Keys',
    key: 'Key',
    effect: 'What it does',
    publish: 'Publishes what is in the publish pane',
    pause: 'Pauses the list of messages, and resumes it',
    list: 'Goes through the connections when one of them has the focus',
    splitter:
      'Moves a border between two panes, or two columns of the table, when it has the focus',
    search: 'Goes to the search when nothing is being typed',
    escape: 'Closes a dialog or a menu, and clears the search',
  },

  limits: {
    title: 'What a browser cannot do',
    tcp: 'Speak MQTT over TCP (ports 1883 and 8883). The broker needs a WebSocket listener, often at port 8083, 8084 or 9001 and path /mqtt.',
    mixed:
      'Open ws:// from a page on https, except to this machine. Use wss://, or open MQTab over http.',
    cause:
      'Say why a WebSocket failed. Refused, unknown host, bad certificate and wrong path look the same to a page; the browser’s developer tools may tell more.',
    certificates:
      'Take a client certificate or an own certificate authority from a page. They must be installed in the browser or the system.',
    closed:
      'Receive while it is closed. What a broker queued meanwhile comes when you connect again.',
  },
} as const
